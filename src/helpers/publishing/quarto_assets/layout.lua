-- Figures and tables as the pandoc engine lays them out, for Quarto, once it has numbered them.
--
-- helpers.publishing.quarto_document writes this file behind the ones it uses, as one file: captions and
-- tables are what assets/report_captions.lua and assets/report_tables.lua return; official is whether
-- this is an official document. It runs after Quarto's own filters, which would take the widths of
-- columns away, and before floats are laid out: in Word that would be in tables of one cell, which rows
-- cannot break out of and whose alignment their cells inherit.

local is_html = FORMAT:match("html") ~= nil
local is_docx = FORMAT == "docx"
local is_typst = FORMAT:match("typst") ~= nil

local function as_blocks(content)
  if pandoc.utils.type(content) == "Blocks" then return content end
  return content and pandoc.Blocks({ content }) or pandoc.Blocks({})
end

local function first_of(blocks, name)
  local found = nil
  as_blocks(blocks):walk({ [name] = function(element) found = found or element end })
  return found
end

local function figure(identifier, image, caption)
  -- Quarto keeps text alternatives in an attribute, pandoc takes them from the image's own text.
  local alt = image.attributes["fig-alt"] or image.attributes["alt"]
  image.attributes["fig-alt"], image.attributes["alt"] = nil, nil
  if alt then image.caption = { pandoc.Str(alt) } end
  if is_docx then
    return pandoc.Figure({ pandoc.Plain({ image }) }, { pandoc.Plain(caption) }, pandoc.Attr(identifier))
  end
  -- A Figure would get Quarto's boxes.
  return {
    pandoc.RawBlock("html", '<figure id="' .. identifier .. '">'),
    pandoc.Plain({ image }),
    pandoc.RawBlock("html", "<figcaption>"),
    pandoc.Plain(caption),
    pandoc.RawBlock("html", "</figcaption>\n</figure>"),
  }
end

local function float_target(float)
  local kind = float.identifier:match("^(%a+)%-")
  if not captions.NAMES[kind] then return nil end
  if is_typst then
    -- Quarto sets number and caption; without one in sight a table of one row would be key figures.
    local content = as_blocks(float.content):walk({ Table = function(tbl)
      tbl.classes:insert("numbered")
      return tbl
    end })
    float.content = #content == 1 and content[1] or content
    return float
  end
  local said = pandoc.utils.blocks_to_inlines(as_blocks(float.caption_long))
  local caption = captions.numbered(kind, float.order and float.order.order, said)
  local tbl, image = first_of(float.content, "Table"), first_of(float.content, "Image")
  if tbl then
    tbl.caption.long = { pandoc.Plain({ pandoc.Span(caption, pandoc.Attr("", { "cap" })) }) }
    tbl.identifier = float.identifier
    tbl.classes = tbl.classes:filter(function(class) return class ~= "cell" end)
    return tbl
  end
  return image and figure(float.identifier, image, caption) or nil
end

local function laid_out(tbl)
  tables.align_numbers(tbl)
  tables.set_widths(tbl)
  if is_html then return tables.for_html(tbl) end
  if is_docx then return tables.small_print(tbl) end
  return tables.for_typst(tbl, official or tbl.classes:includes("numbered"))
end

-- What is left of the boxes around a row of key figures says nothing that the table does not.
local function without_box(div)
  if div.classes:includes("key-figures") then return div.content end
  return captions.apart(div) or captions.table_note(div)
end

local function marked(div)
  local class = div.classes[1] and div.classes[1]:match("^chiso%-(%a+)$")
  if not class then return nil end
  return div.content:walk({ Table = function(tbl)
    tbl.classes:insert(class)
    return tbl
  end })
end

return {
  { Div = marked },
  { FloatRefTarget = float_target },
  { traverse = "topdown", Table = function(tbl) return laid_out(tbl), false end },
  { Span = captions.mark, Div = without_box },
}
