-- One filter for HTML, PDF and Word: makes text from notebooks safe, numbers figures and tables,
-- resolves references, and gives tables and quartile marks the form each format needs.
--
-- Metadata in: chiso-context, the path of a JSON file {"figures": {label: {"src", "alt"}}}.

local stringify = pandoc.utils.stringify
local is_html = FORMAT:match("html") ~= nil
local is_typst = FORMAT == "typst"
local is_docx = FORMAT == "docx"

local NAMES = { fig = "Hình", tbl = "Bảng" }
local FIGURE_CLASS, TABLE_CLASS = "chiso-figure", "chiso-table"
local KEPT_CLASSES = {
  so = true, g1 = true, g2 = true, g3 = true, g4 = true, note = true,
  [FIGURE_CLASS] = true, [TABLE_CLASS] = true,
}
local GROUP_TEXT = { g1 = "■□□□", g2 = "■■□□", g3 = "■■■□", g4 = "■■■■" }

local function read_context(meta)
  local file = assert(io.open(stringify(meta["chiso-context"]), "r"))
  local context = pandoc.json.decode(file:read("a"), false)
  file:close()
  return context
end

-- Safety -----------------------------------------------------------------------------------------

-- Attributes can carry scripts (onclick) and styles that hide text: only what reports use stays.
local function safe_attr(attr)
  local classes = attr.classes:filter(function(class) return KEPT_CLASSES[class] end)
  local kept = {}
  for _, name in ipairs({ "title", "lang" }) do
    local value = attr.attributes[name]
    if value and (is_html or name == "lang") then table.insert(kept, { name, value }) end
  end
  return pandoc.Attr(attr.identifier, classes, kept)
end

local function safe_target(target)
  local scheme = target:gsub("[%s%c]", ""):lower():match("^([%w+.-]+):")
  if scheme then return scheme == "http" or scheme == "https" or scheme == "mailto" end
  -- "//host/x" and "\\host" reach another machine under whatever scheme the page has.
  return not target:match("^%s*[/\\][/\\]")
end

local function with_safe_attr(element)
  element.attr = safe_attr(element.attr)
  return element
end

local sanitizer = {
  Link = function(link)
    if not safe_target(link.target) then return link.content end
    return pandoc.Link(link.content, link.target, link.title, pandoc.Attr())
  end,
  -- Figures come from cell outputs; a picture named in text would be fetched from elsewhere.
  Image = function(image) return image.caption end,
  Figure = function(figure) return figure.content end,
  RawInline = function(raw) return pandoc.Str(raw.text) end,
  RawBlock = function(raw) return pandoc.CodeBlock(raw.text) end,
  Span = with_safe_attr,
  Div = with_safe_attr,
  Code = with_safe_attr,
  CodeBlock = with_safe_attr,
  Header = with_safe_attr,
  Table = with_safe_attr,
}

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

local function number_text(kind, number) return NAMES[kind] .. "\u{a0}" .. number end

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
        found = true
        pandoc.log.warn("tham chiếu @" .. label .. " không có hình hay bảng mang nhãn ấy")
        parts:insert(pandoc.Strong({ pandoc.Str("?@" .. label) }))
      end
    end
    -- Any other "@word" is text, not a citation.
    return found and parts or cite.content
  end
end

-- Captions ---------------------------------------------------------------------------------------

local function docx_number(kind, entry, label)
  local name = ({ fig = "Hinh", tbl = "Bang" })[kind]
  -- A field, so that Word renumbers when somebody inserts a figure, with the number already in it.
  return pandoc.RawInline("openxml", string.format(
    '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">%s\u{a0}</w:t></w:r>'
    .. '<w:fldSimple w:instr=" SEQ %s \\* ARABIC "><w:r><w:rPr><w:b/></w:rPr><w:t>%d</w:t></w:r>'
    .. '</w:fldSimple><w:r><w:rPr><w:b/></w:rPr><w:t>.</w:t></w:r>',
    NAMES[kind], name, entry.number))
end

local function caption_of(numbers, label, inlines)
  local entry = numbers[label]
  local caption = pandoc.Inlines({})
  if entry then
    if is_docx then
      caption:insert(docx_number(entry.kind, entry, label))
    else
      local text = number_text(entry.kind, entry.number) .. "."
      caption:insert(pandoc.Span({ pandoc.Strong({ pandoc.Str(text) }) }, pandoc.Attr("", { "num" })))
    end
    if #inlines > 0 then caption:insert(pandoc.Space()) end
  end
  caption:extend(inlines)
  return caption
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

local function typst_figure(label, figure, caption)
  local image = string.format("image(%s, alt: %s)", typst_string(figure.src), typst_string(figure.alt))
  if #caption == 0 then return pandoc.Plain({ typst("#" .. image) }) end
  local out = pandoc.Inlines({ typst("#figure(" .. image .. ", kind: image, caption: [") })
  out:extend(caption)
  out:insert(typst("]) <" .. label .. ">"))
  return pandoc.Para(out)
end

local function typst_formula(math)
  local plain = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ math }) }), "typst")
  return typst(string.format(
    "#[#set math.equation(alt: %s)\n%s]", typst_string(math.text), plain:gsub("%s+$", "")))
end

-- Where a paragraph begins with "1." or "-", Typst would begin a list; pandoc escapes that, but not
-- in the cells of tables.
local function no_lists_in_cells(tbl)
  return tbl:walk({
    Plain = function(plain)
      local text = stringify(plain.content)
      if text:match("^%d+[.)]") or text:match("^[-+=/]") then
        plain.content:insert(1, typst("#[]"))
        return plain
      end
    end,
  })
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

local function is_number(text)
  local bare = text:gsub("\u{a0}", ""):gsub("\u{202f}", ""):gsub("−", "-"):gsub("–", "-")
  return bare:match("^[+-]?%d[%d.,]*%s*%%?$") ~= nil or bare == "-" or bare == "—" or bare == ""
end

local function align_numbers(tbl)
  for index, spec in ipairs(tbl.colspecs) do
    local numeric, filled = true, false
    for _, body in ipairs(tbl.bodies) do
      for _, row in ipairs(body.body) do
        local cell = row.cells[index]
        local text = cell and stringify(cell.contents) or ""
        filled = filled or text:match("%d") ~= nil
        numeric = numeric and is_number(text)
      end
    end
    if numeric and filled and spec[1] == "AlignDefault" then
      tbl.colspecs[index] = { "AlignRight", spec[2] }
    end
  end
end

local function first_text_column(tbl)
  local row = tbl.bodies[1] and tbl.bodies[1].body[1]
  for index, cell in ipairs(row and row.cells or {}) do
    if index <= 2 and not is_number(stringify(cell.contents)) then return index end
  end
  return 0
end

local function group_of(span)
  for class in pairs(GROUP_TEXT) do
    if span.classes:includes(class) then return class end
  end
end

-- Widths by content, as pandoc takes them from the dashes of a pipe table, which say nothing.
local PAPER_CHARACTERS = is_docx and { few = 94, many = 116 } or { few = 100, many = 116 }
local MANY_COLUMNS = 7

local function measure(cell)
  local text = stringify(cell.contents)
  local longest = 0
  for word in text:gmatch("[^%s]+") do longest = math.max(longest, utf8.len(word) or #word) end
  local digits = select(2, text:gsub("%d", ""))
  -- Digits are wider than the letters around them, and Word puts more air into a cell.
  local extra = (is_docx and 3.4 or 2) + math.min(digits, 6) * 0.15
  pandoc.Blocks(cell.contents):walk({ Span = function(span) if group_of(span) then extra = is_docx and 11 or 6 end end })
  return (utf8.len(text) or #text) + extra, longest + extra
end

local function set_widths(tbl)
  local count = #tbl.colspecs
  if is_html then
    for index, spec in ipairs(tbl.colspecs) do tbl.colspecs[index] = { spec[1], nil } end
    return
  end
  local natural, least = {}, {}
  for index = 1, count do natural[index], least[index] = 3, 3 end
  local function see(rows, wider)
    for _, row in ipairs(rows) do
      for index, cell in ipairs(row.cells) do
        local full, word = measure(cell)
        full, word = full * wider, word * wider
        -- A long head may run over lines; what stands below it decides.
        if wider > 1 and full > 12 then full = math.max(word, full / 2) end
        natural[index] = math.max(natural[index], full)
        least[index] = math.max(least[index], math.min(word, 18))
      end
    end
  end
  see(tbl.head.rows, 1.12) -- heads are bold
  for _, body in ipairs(tbl.bodies) do see(body.body, 1) end
  local space = count >= MANY_COLUMNS and PAPER_CHARACTERS.many or PAPER_CHARACTERS.few
  local function total(cap)
    local sum = 0
    for index = 1, count do sum = sum + math.max(least[index], math.min(natural[index], cap)) end
    return sum
  end
  -- The widest columns give way first, so that short ones stay on one line.
  local cap = math.max(table.unpack(natural))
  while cap > 1 and total(cap) > space do cap = cap - 0.5 end
  local sum = total(cap)
  local rest = math.max(0, space - sum)
  local widest = math.max(1, first_text_column(tbl))
  for index = 1, count do
    natural[index] = math.max(least[index], math.min(natural[index], cap)) + rest / 2 / count
  end
  natural[widest] = natural[widest] + rest / 2
  sum = sum + rest
  for index, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[index] = { spec[1], natural[index] / sum }
  end
end

local function set_scopes(tbl)
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do cell.attr.attributes.scope = "col" end
  end
  local heads = first_text_column(tbl)
  for _, body in ipairs(tbl.bodies) do
    body.row_head_columns = heads
    for _, row in ipairs(body.body) do
      for index = 1, heads do
        if row.cells[index] then row.cells[index].attr.attributes.scope = "row" end
      end
    end
  end
end

-- One row without a caption is not a table to look things up in: it is what the report comes to.
local function is_key_figures(tbl)
  return stringify(tbl.caption.long) == "" and #tbl.bodies == 1 and #tbl.bodies[1].body == 1
end

local function html_table(tbl)
  set_scopes(tbl)
  local name = stringify(tbl.caption.long)
  if name == "" then name = "Bảng số liệu" end
  -- A region that scrolls must be reachable with the keyboard, and a region must have a name.
  local classes = { "table-scroll" }
  if #tbl.colspecs >= MANY_COLUMNS then classes[2] = "many" end
  if is_key_figures(tbl) then classes[2] = "key" end
  -- In pairs, as a Lua table has no order and the same report must give the same page.
  return pandoc.Div({ tbl }, pandoc.Attr("", classes, {
    { "role", "region" }, { "tabindex", "0" }, { "aria-label", name },
  }))
end

-- Word takes the size of text in a table from paragraphs: wide tables have a smaller one.
local function small_print(tbl)
  if #tbl.colspecs < MANY_COLUMNS then return tbl end
  local function shrink(rows)
    for _, row in ipairs(rows) do
      for _, cell in ipairs(row.cells) do
        cell.contents = { pandoc.Div(cell.contents, pandoc.Attr("", {}, {
          ["custom-style"] = "Table Small" })) }
      end
    end
    return rows
  end
  tbl.head.rows = shrink(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do body.body = shrink(body.body) end
  return tbl
end

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
  local group = group_of(span)
  if is_html then return nil end
  if not group then return span.content end
  if is_typst then
    local out = pandoc.Inlines({ typst("#quartile(" .. group:sub(2) .. ")[") })
    out:extend(span.content)
    out:insert(typst("]"))
    return out
  end
  local out = pandoc.Inlines({ pandoc.Str(GROUP_TEXT[group]), pandoc.Space() })
  out:extend(span.content)
  return pandoc.Span(out, pandoc.Attr("", {}, { ["custom-style"] = "Group " .. group:sub(2) }))
end

local function lead(meta)
  local text = meta["lead"] and stringify(meta["lead"]) or ""
  if not is_docx or text == "" then return {} end
  return { pandoc.Div({ pandoc.Para({ pandoc.Str(text) }) },
    pandoc.Attr("", {}, { ["custom-style"] = "Lead" })) }
end

function Pandoc(doc)
  local context = read_context(doc.meta)
  local blocks = order_headings(doc.blocks:walk(sanitizer))
  local numbers = number_labels(blocks)
  blocks = blocks:walk({ Cite = resolve_references(numbers) })
  blocks = blocks:walk({ Table = function(tbl) align_numbers(tbl) set_widths(tbl) return tbl end })
  blocks = blocks:walk({
    Div = function(div)
      if div.classes:includes(FIGURE_CLASS) then return make_figure(div, numbers, context) end
      if div.classes:includes(TABLE_CLASS) then return make_table(div, numbers) end
    end,
  })
  if is_html then blocks = blocks:walk({ Table = html_table }) end
  if is_docx then blocks = blocks:walk({ Table = small_print }) end
  blocks = blocks:walk({ Span = mark })
  if is_typst then blocks = blocks:walk({ Math = typst_formula, Table = no_lists_in_cells }) end
  local out = pandoc.Blocks(lead(doc.meta))
  out:extend(blocks)
  local citation = doc.meta.citation and stringify(doc.meta.citation) or ""
  if is_docx and citation ~= "" then
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
