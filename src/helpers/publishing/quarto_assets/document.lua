-- What only this product's documents have, for Quarto: the list of sources of a page, and head,
-- numbered headings, signature and annexes of an official document.
--
-- helpers.publishing.quarto_document writes this file behind the ones it uses, as one file, because
-- Quarto runs filters from places of its own: sources and official are what assets/sources.lua and
-- assets/official.lua return, around the raw parts by format or nil.

local is_html = FORMAT:match("html") ~= nil
local is_docx = FORMAT == "docx"
local parts = around and around[is_html and "html" or (is_docx and "docx" or "pdf")]

local TEXT = { Para = true, Plain = true, Header = true, BulletList = true, OrderedList = true, BlockQuote = true }

local function is_text(blocks)
  for _, block in ipairs(blocks) do
    if not TEXT[block.t] then return false end
  end
  local picture = false
  pandoc.Blocks(blocks):walk({ Image = function() picture = true end })
  return not picture
end

-- Headings must stand in the text, not in the boxes that Quarto puts around cells, and the last block be
-- what is printed last: Quarto ends a document with an empty box of its own.
local function without_boxes(blocks)
  local out = pandoc.Blocks({})
  for _, block in ipairs(blocks) do
    local boxed = block.t == "Div" and (block.classes:includes("cell") or block.classes:includes("cell-output"))
    local inner = boxed and without_boxes(block.content)
    local unseen = block.t == "Div" and block.classes:includes("hidden") and #block.content == 0
    if inner and is_text(inner) then out:extend(inner) elseif not unseen then out:insert(block) end
  end
  return out
end

local function top_level(blocks)
  local top = 6
  blocks:walk({ Header = function(header) top = math.min(top, header.level) end })
  return top < 6 and top or 1
end

-- Quarto's own filters take classes off tables; layout.lua puts them on again.
local function with_marks(tbl)
  if tbl.classes:includes("landscape") then return pandoc.Div({ tbl }, pandoc.Attr("", { "chiso-landscape" })) end
end

-- The file of a whole table goes with the page.
local function whole_table(link)
  if link.target:match("^#chiso%-csv") and not is_html then return link.content end
end

function Pandoc(doc)
  local found = sources.collect(doc.blocks)
  local blocks = parts and without_boxes(doc.blocks) or doc.blocks
  local level = top_level(blocks)
  if not parts then blocks:extend(sources.blocks_for(found, level)) end
  if parts then
    blocks = official.mark_landscape(blocks):walk({ Table = with_marks })
  end
  blocks = blocks:walk({ Span = function(span) return sources.link(found, span) end, Link = whole_table })
  if parts then
    blocks = official.document(blocks, parts)
    blocks:extend(sources.blocks_for(found, level))
  end
  return pandoc.Pandoc(blocks, doc.meta)
end
