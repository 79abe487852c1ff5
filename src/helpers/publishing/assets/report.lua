-- One filter for HTML, PDF and Word: makes text from notebooks safe, numbers figures and tables,
-- resolves references, and gives tables and quartile marks the form each format needs.
--
-- Metadata in: chiso-context, the path of a JSON file {"figures": {label: {"src", "alt"}}}.

local stringify = pandoc.utils.stringify
local is_html = FORMAT:match("html") ~= nil
local is_typst = FORMAT == "typst"
local is_docx = FORMAT == "docx"

local FIGURE_CLASS, TABLE_CLASS = "chiso-figure", "chiso-table"

local here = pandoc.path.directory(PANDOC_SCRIPT_FILE)
local sanitizer = dofile(pandoc.path.join({ here, "report_safety.lua" }))
local official = dofile(pandoc.path.join({ here, "official.lua" }))
local sources = dofile(pandoc.path.join({ here, "sources.lua" }))
local tables = dofile(pandoc.path.join({ here, "report_tables.lua" }))
local captions = dofile(pandoc.path.join({ here, "report_captions.lua" }))
local NAMES, number_text = captions.NAMES, captions.number_text

local function read_context(meta)
  local file = assert(io.open(stringify(meta["chiso-context"]), "r"))
  local context = pandoc.json.decode(file:read("a"), false)
  file:close()
  return context
end

-- Headings ---------------------------------------------------------------------------------------

local function only_first_level_heading(blocks)
  local count = 0
  for _, block in ipairs(blocks) do
    if block.t == "Header" and block.level == 1 then count = count + 1 end
  end
  return count == 1 and blocks[1] and blocks[1].t == "Header" and blocks[1].level == 1
end

-- A notebook opens with its own name as a heading, which the title replaces; and readers of
-- screens need levels without gaps, beginning below the title.
local function order_headings(blocks)
  if only_first_level_heading(blocks) then blocks:remove(1) end
  local top, before = 9, 0
  for _, block in ipairs(blocks) do
    if block.t == "Header" then top = math.min(top, block.level) end
  end
  local first = is_html and 2 or 1
  return pandoc.Blocks(blocks:map(function(block)
    if block.t == "Header" then
      local level = math.min(block.level - top + 1, before + 1)
      before = level
      block.level = level + first - 1
    end
    return block
  end))
end

-- Numbers and references -------------------------------------------------------------------------

local function number_labels(blocks)
  local counts, numbers = { fig = 0, tbl = 0 }, {}
  blocks:walk({
    traverse = "topdown",
    Div = function(div)
      local kind = div.identifier:match("^(%a+)%-")
      local ours = div.classes:includes(FIGURE_CLASS) or div.classes:includes(TABLE_CLASS)
      if ours and NAMES[kind] then
        counts[kind] = counts[kind] + 1
        numbers[div.identifier] = { kind = kind, number = counts[kind] }
      end
    end,
  })
  return numbers
end

local function resolve_references(numbers)
  return function(cite)
    local parts = pandoc.Inlines({})
    local found = false
    for i, citation in ipairs(cite.citations) do
      if i > 1 then parts:extend({ pandoc.Str(","), pandoc.Space() }) end
      local label = citation.id
      local entry = numbers[label] or numbers[label:sub(1, 1):lower() .. label:sub(2)]
      if entry then
        found = true
        local text = number_text(entry.kind, entry.number)
        if citation.mode == "SuppressAuthor" then text = tostring(entry.number) end
        if not numbers[label] then label = label:sub(1, 1):lower() .. label:sub(2) end
        parts:insert(pandoc.Link({ pandoc.Str(text) }, "#" .. label))
      elseif label:match("^[fF]ig%-") or label:match("^[tT]bl%-") then
        error("tham chiếu @" .. label .. " không có hình hay bảng mang nhãn ấy", 0)
      end
    end
    -- Any other "@word" is text, not a citation.
    return found and parts or cite.content
  end
end

-- Captions ---------------------------------------------------------------------------------------

local function caption_of(numbers, label, inlines)
  local entry = numbers[label] or {}
  return captions.numbered(entry.kind, entry.number, inlines)
end

local function last_paragraph(blocks)
  local last = blocks[#blocks]
  if last and (last.t == "Para" or last.t == "Plain") then
    blocks:remove(#blocks)
    return last.content
  end
  return pandoc.Inlines({})
end

-- pandoc's Typst writer leaves text alternatives out, and PDF/UA demands them.
local function typst_string(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"'
end

local function typst(code) return pandoc.RawInline("typst", code) end

-- Typst has no pixels; a page has 96 of them to the inch.
local function typst_width(width)
  local number, unit = width:match("^([%d.]+)(%S*)$")
  if not number then return "" end
  if unit == "px" then return ", width: " .. tonumber(number) * 0.75 .. "pt" end
  return ", width: " .. number .. unit
end

local function typst_figure(label, figure, caption)
  local image = string.format("image(%s, alt: %s%s)",
    typst_string(figure.src), typst_string(figure.alt), typst_width(figure.width))
  if #caption == 0 then return pandoc.Plain({ typst("#" .. image) }) end
  local out = pandoc.Inlines({ typst("#figure(" .. image .. ", kind: image, caption: [") })
  out:extend(caption)
  out:insert(typst("]) <" .. label .. ">"))
  return pandoc.Para(out)
end

--- A picture that stands in the text; nothing, where the text names one that it did not bring.
local function text_picture(context)
  return function(image)
    local figure = context.figures[image.src:match("^chiso%-figure:(.*)$") or ""]
    if not figure then return {} end
    if is_typst then
      return typst(string.format("#box(image(%s, alt: %s%s))",
        typst_string(figure.src), typst_string(figure.alt), typst_width(figure.width)))
    end
    local size = (not is_html and figure.width ~= "") and { width = figure.width } or {}
    return pandoc.Image({ pandoc.Str(figure.alt) }, figure.src, "", pandoc.Attr("", {}, size))
  end
end

local function typst_formula(math)
  local plain = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ math }) }), "typst")
  return typst(string.format(
    "#[#set math.equation(alt: %s)\n%s]", typst_string(math.text), plain:gsub("%s+$", "")))
end

local function make_figure(div, numbers, context)
  local figure = context.figures[div.identifier]
  if not figure then return nil end
  local caption = caption_of(numbers, div.identifier, last_paragraph(div.content))
  if is_typst then return typst_figure(div.identifier, figure, caption) end
  -- pandoc reads the text alternative from the image's own inlines in HTML and Word.
  local image = pandoc.Image({ pandoc.Str(figure.alt) }, figure.src)
  if #caption == 0 then return pandoc.Para({ image }) end
  return pandoc.Figure(
    { pandoc.Plain({ image }) }, { pandoc.Plain(caption) }, pandoc.Attr(div.identifier))
end

-- Tables -----------------------------------------------------------------------------------------

local function make_table(div, numbers)
  local caption = nil
  for index, block in ipairs(div.content) do
    if block.t == "Table" and not caption then
      caption = caption_of(numbers, div.identifier, last_paragraph(div.content))
      block.caption.long = { pandoc.Plain({ pandoc.Span(caption, pandoc.Attr("", { "cap" })) }) }
      block.identifier = div.identifier
      div.content[index] = block
    end
  end
  return caption and div.content or nil
end

-- Marks ------------------------------------------------------------------------------------------

local function mark(span)
  -- On paper a span says nothing that is not a mark.
  return captions.mark(span) or (not is_html and span.content or nil)
end

local function lead(meta)
  local text = meta["lead"] and stringify(meta["lead"]) or ""
  if not is_docx or text == "" then return {} end
  return { pandoc.Div({ pandoc.Para({ pandoc.Str(text) }) },
    pandoc.Attr("", {}, { ["custom-style"] = "Lead" })) }
end

function Pandoc(doc)
  local context = read_context(doc.meta)
  local found = sources.collect(doc.blocks)
  local blocks = order_headings(doc.blocks:walk(sanitizer):walk({ Div = captions.apart }))
  -- Of a document that is signed they stand behind the signature, and are no annex.
  if not context.official then blocks:extend(sources.blocks_for(found, 2)) end
  if context.official then blocks = official.mark_landscape(blocks) end
  local numbers = number_labels(blocks)
  blocks = blocks:walk({ Cite = resolve_references(numbers), Image = text_picture(context) })
  blocks = blocks:walk({ Table = function(tbl) tables.align_numbers(tbl) tables.set_widths(tbl) return tbl end })
  blocks = blocks:walk({
    Div = function(div)
      if div.classes:includes(FIGURE_CLASS) then return make_figure(div, numbers, context) end
      if div.classes:includes(TABLE_CLASS) then return make_table(div, numbers) end
    end,
  })
  if is_html then blocks = blocks:walk({ Table = tables.for_html }) end
  if is_docx then blocks = blocks:walk({ Table = tables.small_print }) end
  blocks = blocks:walk({ Span = function(span) return sources.link(found, span) or mark(span) end, Div = captions.table_note })
  if is_typst then
    local function plain(tbl) return tables.for_typst(tbl, context.official ~= nil) end
    blocks = blocks:walk({ Math = typst_formula, Table = plain })
  end
  if context.official then
    blocks = official.document(blocks, context.official)
    blocks:extend(sources.blocks_for(found, 2))
  end
  local out = pandoc.Blocks(context.official and {} or lead(doc.meta))
  out:extend(blocks)
  local citation = doc.meta.citation and stringify(doc.meta.citation) or ""
  if is_docx and citation ~= "" and not context.official then
    out:insert(pandoc.Para({ pandoc.Str("Trích dẫn: " .. citation) }))
  end
  doc.meta["chiso-context"] = nil
  if is_docx and doc.meta.keywords then
    -- Word's list of keywords is made from inlines only; one keyword arrives as a bare string.
    local words = doc.meta.keywords
    if pandoc.utils.type(words) ~= "List" then words = pandoc.List({ words }) end
    doc.meta.keywords = words:map(function(word) return pandoc.Inlines({ pandoc.Str(stringify(word)) }) end)
  end
  return pandoc.Pandoc(out, doc.meta)
end
