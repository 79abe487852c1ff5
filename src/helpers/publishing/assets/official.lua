-- An official document: headings I. / 1. / a), head before and signature after the text, annexes.
-- Numbers are written into the text, so that all formats have the same.

local stringify = pandoc.utils.stringify
local is_html = FORMAT:match("html") ~= nil
local is_docx = FORMAT == "docx"

local RAW = is_html and "html" or (is_docx and "openxml" or "typst")
local ROMAN = { "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV" }
-- The Vietnamese alphabet, in which đ follows d.
local LETTERS = { "a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y" }

local SHORT_LIST = 5
-- Letters of a line, as in helpers.publishing.official_word.
local LINE = 95
-- A table of an annex with as many columns is read on its side, as the decree allows.
local LANDSCAPE_COLUMNS = 10

local function upper(inlines)
  return pandoc.Inlines(inlines):walk({ Str = function(str) return pandoc.Str(pandoc.text.upper(str.text)) end })
end

local function with_number(number, inlines)
  local out = pandoc.Inlines({ pandoc.Str(number), pandoc.Space() })
  out:extend(inlines)
  return out
end

local function is_annex(block) return block.t == "Header" and block.classes:includes("appendix") end

local function top_level(blocks)
  local top = 9
  for _, block in ipairs(blocks) do
    if block.t == "Header" then top = math.min(top, block.level) end
  end
  return top
end

local end_of_text
function end_of_text(blocks)
  local last = blocks[#blocks]
  if last and (last.t == "Para" or last.t == "Plain") and #last.content > 0 then
    local tail = last.content[#last.content]
    if tail.t == "Str" then
      tail.text = tail.text:gsub("[.;:,]+$", "") .. "./."
    else
      last.content:insert(pandoc.Str("./."))
    end
  elseif last and (last.t == "BulletList" or last.t == "OrderedList") then
    local items = last.content
    items[#items] = end_of_text(pandoc.Blocks(items[#items]))
    last.content = items
  else
    blocks:insert(pandoc.Para({ pandoc.Str("./.") }))
  end
  return blocks
end

-- What announces a list, or stands as a heading without being one, is not left alone on a page.
local function announces(block, after)
  if not block or block.t ~= "Para" or not after then return false end
  local all_strong = #block.content == 1 and block.content[1].t == "Strong"
  local list = after.t == "BulletList" or after.t == "OrderedList"
  return all_strong or list and stringify(block):match(":%s*$") ~= nil
end

--- Keep the last paragraph, a short list, or the last two items of a long one, with the signature.
-- Word does so by its paragraphs (helpers.publishing.official_word).
local function keep_closing(blocks)
  local last = blocks:remove(#blocks)
  if last.t == "BulletList" and #last.content > SHORT_LIST then
    local items = last.content
    local tail = { items[#items - 1], items[#items] }
    items:remove(#items)
    items:remove(#items)
    blocks:insert(pandoc.BulletList(items))
    last = pandoc.BulletList(tail)
  end
  local tail = pandoc.Blocks({ last })
  local before = blocks[#blocks]
  -- A line alone is too little.
  if pandoc.text.len(stringify(last)) < LINE and before
    and (before.t == "Para" or before.t == "BulletList" and #before.content <= SHORT_LIST) then
    tail:insert(1, blocks:remove(#blocks))
    if announces(blocks[#blocks], tail[1]) then tail:insert(1, blocks:remove(#blocks)) end
  end
  blocks:insert(pandoc.RawBlock(RAW, "#closing["))
  blocks:extend(tail)
  blocks:insert(pandoc.RawBlock(RAW, "]"))
end

-- Word's own bullets are no dashes; a dash or number typed before a paragraph is what offices write.
local function typed_lists(blocks, depth)
  local out = pandoc.Blocks({})
  local function item_of(list, at)
    if list.t == "BulletList" then return depth > 0 and "+" or "-" end
    return (list.listAttributes.start + at - 1) .. "."
  end
  for _, block in ipairs(blocks) do
    if block.t == "BulletList" or block.t == "OrderedList" then
      for at, item in ipairs(block.content) do
        local begun = false
        for _, inner in ipairs(typed_lists(item, depth + (block.t == "BulletList" and 1 or 0))) do
          if not begun and (inner.t == "Plain" or inner.t == "Para") then
            inner = pandoc.Para(with_number(item_of(block, at), inner.content))
          elseif inner.t == "Plain" then
            inner = pandoc.Para(inner.content)
          end
          begun = true
          out:insert(inner)
        end
      end
    else
      out:insert(block)
    end
  end
  return out
end

--- Put marks on the wide tables of annexes and on the annexes, which are to lie on their sides.
-- helpers.publishing.official_word sees the same number of columns.
-- @param blocks the text, its headings in order
local function mark_landscape(blocks)
  local header, annex = nil, pandoc.Blocks({})
  local out = pandoc.Blocks({})
  local function close()
    local wide = false
    annex:walk({ Table = function(tbl) wide = wide or #tbl.colspecs >= LANDSCAPE_COLUMNS end })
    if header and wide then
      header.classes:insert("landscape")
      annex = annex:walk({ Table = function(tbl)
        tbl.classes:insert("landscape")
        return tbl
      end })
    end
    if header then out:insert(header) end
    out:extend(annex)
    annex = pandoc.Blocks({})
  end
  for _, block in ipairs(blocks) do
    if is_annex(block) then
      close()
      header = block
    else
      annex:insert(block)
    end
  end
  close()
  return out
end

local function annex_blocks(header, number, reference)
  local name = upper(header.content)
  local shown = number == "" and "" or " " .. number
  if is_html then
    local title = with_number("Phụ lục" .. shown .. ".", name)
    return {
      pandoc.Header(header.level, title, pandoc.Attr(header.identifier)),
      pandoc.Para({ pandoc.Emph({ pandoc.Str(reference) }) }),
    }
  end
  local function styled(style, inlines)
    return pandoc.Div({ pandoc.Para(inlines) }, pandoc.Attr("", {}, { ["custom-style"] = style }))
  end
  if is_docx then
    return {
      -- Ends the section before; helpers.publishing.official_word completes it.
      pandoc.RawBlock("openxml", '<w:p><w:pPr><w:pStyle w:val="OfficialBreak"/><w:sectPr/></w:pPr></w:p>'),
      styled("Annex Number", { pandoc.Str("Phụ lục" .. shown) }),
      styled("Annex Name", name),
      styled("Annex Reference", { pandoc.Str(reference) }),
    }
  end
  local function quoted(text)
    return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
  end
  -- The page that begins counts one more than zero.
  return { pandoc.RawBlock("typst", string.format(
    "#counter(page).update(0)\n#pagebreak()\n#set page(flipped: %s)\n#annex(%s, %s, %s)",
    header.classes:includes("landscape") and "true" or "false",
    quoted(shown), quoted(stringify(name)), quoted(reference))) }
end

local function keep_announcements(blocks)
  local out = pandoc.Blocks({})
  for at, block in ipairs(blocks) do
    if announces(block, blocks[at + 1]) then
      out:extend({ pandoc.RawBlock(RAW, "#closing["), block, pandoc.RawBlock(RAW, "]") })
    else
      out:insert(block)
    end
  end
  return out
end

--- Number the headings and put head, signature and annexes in their places.
-- @param blocks the text, its headings in order
-- @param official raw parts: head, signature, reference
local function official_document(blocks, official)
  local top = top_level(blocks)
  local counts = { 0, 0, 0 }
  local annexes, annex = 0, 0
  for _, block in ipairs(blocks) do
    if is_annex(block) then annexes = annexes + 1 end
  end
  local out = pandoc.Blocks({ pandoc.RawBlock(RAW, official.head) })
  local signed = false
  local function sign()
    if signed then return end
    end_of_text(out)
    if RAW == "typst" then keep_closing(out) end
    out:insert(pandoc.RawBlock(RAW, official.signature))
    signed = true
  end
  for _, block in ipairs(blocks) do
    if is_annex(block) then
      sign()
      annex = annex + 1
      counts = { 0, 0, 0 }
      out:extend(annex_blocks(block, annexes > 1 and ROMAN[annex] or "", official.reference))
    elseif block.t == "Header" then
      local level = block.level - top + 1
      if level <= 3 then
        counts[level] = counts[level] + 1
        for deeper = level + 1, 3 do counts[deeper] = 0 end
      end
      if level == 1 then
        block.content = with_number(ROMAN[counts[1]] .. ".", upper(block.content))
      elseif level == 2 then
        block.content = with_number(counts[2] .. ".", block.content)
      elseif level == 3 then
        block.content = with_number((LETTERS[counts[3]] or tostring(counts[3])) .. ")", block.content)
      end
      out:insert(block)
    else
      out:insert(block)
    end
  end
  sign()
  if RAW == "typst" then return keep_announcements(out) end
  return is_docx and typed_lists(out, 0) or out
end

return { document = official_document, mark_landscape = mark_landscape }
