-- An official document: headings I. / 1. / a), head before and signature after the text, annexes.
-- Numbers are written into the text, so that all formats have the same.

local stringify = pandoc.utils.stringify
local is_html = FORMAT:match("html") ~= nil
local is_docx = FORMAT == "docx"

local RAW = is_html and "html" or (is_docx and "openxml" or "typst")
local ROMAN = { "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV" }
-- The Vietnamese alphabet, in which đ follows d.
local LETTERS = { "a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y" }

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

local function end_of_text(blocks)
  local last = blocks[#blocks]
  if last and last.t == "Para" then
    local tail = last.content[#last.content]
    if tail and tail.t == "Str" then
      tail.text = tail.text:gsub("[.;:]+$", "") .. "./."
      return
    end
  end
  blocks:insert(pandoc.Para({ pandoc.Str("./.") }))
end

-- Word's own bullets are no dashes; a dash typed before a paragraph is what offices write.
local function dashes(list)
  local out = pandoc.Blocks({})
  for _, item in ipairs(list.content) do
    for at, block in ipairs(item) do
      if block.t == "Plain" or block.t == "Para" then
        local inlines = at == 1 and with_number("-", block.content) or block.content
        out:insert(pandoc.Para(inlines))
      else
        out:insert(block)
      end
    end
  end
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
      pandoc.RawBlock("openxml", '<w:p><w:pPr><w:pStyle w:val="OfficialRule"/><w:sectPr/></w:pPr></w:p>'),
      styled("Annex Number", { pandoc.Str("Phụ lục" .. shown) }),
      styled("Annex Name", name),
      styled("Annex Reference", { pandoc.Str(reference) }),
    }
  end
  local function quoted(text)
    return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
  end
  return { pandoc.RawBlock("typst", string.format(
    "#annex(%s, %s, %s)", quoted(shown), quoted(stringify(name)), quoted(reference))) }
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
  return is_docx and out:walk({ BulletList = dashes }) or out
end

return { document = official_document }
