-- Numbers before captions, marks of groups, notes of tables, lists: the same for both engines.

local is_html = FORMAT:match("html") ~= nil
local is_typst = FORMAT:match("typst") ~= nil
local is_docx = FORMAT == "docx"

local NAMES = { fig = "Hình", tbl = "Bảng" }
local GROUPS = { "g1", "g2", "g3", "g4" }
local GROUP_TEXT = { g1 = "■□□□", g2 = "■■□□", g3 = "■■■□", g4 = "■■■■" }

local function number_text(kind, number) return NAMES[kind] .. "\u{a0}" .. number end

local function docx_number(kind, number)
  local name = ({ fig = "Hinh", tbl = "Bang" })[kind]
  -- A field, so that Word renumbers when somebody inserts a figure, with the number already in it.
  return pandoc.RawInline("openxml", string.format(
    '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">%s\u{a0}</w:t></w:r>'
    .. '<w:fldSimple w:instr=" SEQ %s \\* ARABIC "><w:r><w:rPr><w:b/></w:rPr><w:t>%d</w:t></w:r>'
    .. '</w:fldSimple><w:r><w:rPr><w:b/></w:rPr><w:t>.</w:t></w:r>',
    NAMES[kind], name, number))
end

--- Put a number before a caption.
-- @param kind "fig" or "tbl"
-- @param number nil for what is not numbered
local function numbered(kind, number, inlines)
  local caption = pandoc.Inlines({})
  if number then
    if is_docx then
      caption:insert(docx_number(kind, number))
    else
      local text = number_text(kind, number) .. "."
      caption:insert(pandoc.Span({ pandoc.Strong({ pandoc.Str(text) }) }, pandoc.Attr("", { "num" })))
    end
    if #inlines > 0 then caption:insert(pandoc.Space()) end
  end
  caption:extend(inlines)
  return caption
end

local function group_of(span)
  for _, class in ipairs(GROUPS) do
    if span.classes:includes(class) then return class end
  end
end

--- Give the mark of a group the form that the format needs; nil where there is none.
local function mark(span)
  local group = group_of(span)
  if is_html or not group then return nil end
  if is_typst then
    local out = pandoc.Inlines({ pandoc.RawInline("typst", "#quartile(" .. group:sub(2) .. ")[") })
    out:extend(span.content)
    out:insert(pandoc.RawInline("typst", "]"))
    return out
  end
  local out = pandoc.Inlines({ pandoc.Str(GROUP_TEXT[group]), pandoc.Space() })
  out:extend(span.content)
  return pandoc.Span(out, pandoc.Attr("", {}, { ["custom-style"] = "Group " .. group:sub(2) }))
end

-- What a table has to be read with stands small below it.
local function table_note(div)
  if not div.classes:includes("table-note") or is_html then return nil end
  if is_typst then
    local out = pandoc.Blocks({ pandoc.RawBlock("typst", "#table-note[") })
    out:extend(div.content)
    out:insert(pandoc.RawBlock("typst", "]"))
    return out
  end
  return pandoc.Div(div.content, pandoc.Attr("", {}, { ["custom-style"] = "Table Small" }))
end

-- Of no height, as far below what comes before as a list is, and the list follows at once: a weak gap alone
-- would take the room below a heading, too.
local APART = "#block(height: 0pt, above: 1.05em, below: 0pt, sticky: true)#v(0pt, weak: true)"

-- What keeps the lists of two cells apart (helpers.publishing.document); Typst would join them again.
local function apart(div)
  if not div.classes:includes("apart") or #div.content > 0 then return nil end
  return is_typst and { pandoc.RawBlock("typst", APART) } or {}
end

return {
  NAMES = NAMES,
  apart = apart,
  group_of = group_of,
  mark = mark,
  number_text = number_text,
  numbered = numbered,
  table_note = table_note,
}
