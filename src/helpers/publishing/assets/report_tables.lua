-- Tables: alignment and widths by content, heads for screen readers, the size of print.

local stringify = pandoc.utils.stringify
local is_html = FORMAT:match("html") ~= nil
local is_docx = FORMAT == "docx"

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

-- Widths by content, as pandoc takes them from the dashes of a pipe table, which say nothing.
local PAPER_CHARACTERS = is_docx and { few = 94, many = 116, most = 142, landscape = 158 }
  or { few = 100, many = 116, most = 138, landscape = 165 }
local MANY_COLUMNS = 7
-- The 13 columns of an official form: only a still smaller print leaves room for names.
local MOST_COLUMNS = 12

local function is_group(span)
  for _, class in ipairs(span.classes) do
    if class:match("^g[1-4]$") then return true end
  end
end

local function measure(cell)
  local text = stringify(cell.contents)
  local longest = 0
  for word in text:gmatch("[^%s]+") do longest = math.max(longest, utf8.len(word) or #word) end
  local digits = select(2, text:gsub("%d", ""))
  -- Digits are wider than the letters around them, and Word puts more air into a cell.
  local extra = (is_docx and 3.4 or 2) + math.min(digits, 10) * 0.22
  -- A range ("84,40–87,24") may break after its dash, and must not look as if it did.
  if text:match("%d\u{2013}%d") then extra = extra + 2 end
  -- A number broken over two lines is another number.
  if is_docx and digits >= 4 then extra = extra + 0.9 end
  pandoc.Blocks(cell.contents):walk({ Span = function(span) if is_group(span) then extra = is_docx and 11 or 6 end end })
  return (utf8.len(text) or #text) + extra, longest + extra
end

local function set_widths(tbl)
  local landscape = tbl.classes:includes("landscape")
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
        -- On its side a page has room for heads of a few lines, and for names of one.
        if wider > 1 and landscape then full = math.max(word, math.min(full, 12)) end
        if wider > 1 and count >= MOST_COLUMNS and index > 1 and not landscape then full = word end
        natural[index] = math.max(natural[index], full)
        least[index] = math.max(least[index], math.min(word, 18))
      end
    end
  end
  see(tbl.head.rows, 1.12) -- heads are bold
  for _, body in ipairs(tbl.bodies) do see(body.body, 1) end
  local space = count >= MANY_COLUMNS and PAPER_CHARACTERS.many or PAPER_CHARACTERS.few
  if count >= MOST_COLUMNS then space = PAPER_CHARACTERS.most end
  if landscape then space = PAPER_CHARACTERS.landscape end
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

-- On a phone -------------------------------------------------------------------------------------

-- Letters of the small print that stand beside each other in 358 px, with the room between two columns.
local PHONE_CHARACTERS, GAP = 42, 1.9
local LETTER = 0.53 -- rem
-- A column of short texts may wrap at this; one of longer texts is read, not looked up.
local LOOKED_UP, READ = 10, 20
-- In a column beside others this is three lines; whatever is longer goes below the row.
local THREE_LINES = 28
local CODE = 8
local NAME = 13

local function is_regular(tbl)
  if #tbl.head.rows ~= 1 or #tbl.bodies ~= 1 or #tbl.colspecs < 2 then return false end
  for _, row in ipairs({ tbl.head.rows[1], table.unpack(tbl.bodies[1].body) }) do
    if #row.cells ~= #tbl.colspecs then return false end
    for _, cell in ipairs(row.cells) do
      if cell.col_span ~= 1 or cell.row_span ~= 1 then return false end
    end
  end
  return true
end

-- A head may say by its class that its column gives way first (helpers.display.table).
local function is_minor(cell)
  local found = false
  pandoc.Blocks(cell.contents):walk({ Span = function(span) found = found or span.classes:includes("minor") end })
  return found
end

-- Capitals are wider than the letters around them.
local function letters(text)
  return (utf8.len(text) or #text) + 0.25 * select(2, text:gsub("%u", ""))
end

local NOTHING = "\u{2013}"

local function column_of(tbl, index)
  local head = tbl.head.rows[1].cells[index]
  local column = { full = 0, word = 0, numeric = true, minor = is_minor(head) }
  local function see(cell, wider)
    -- The bars of a group stand before its first word.
    pandoc.Blocks(cell.contents):walk({ Span = function(span)
      if is_group(span) then column.word = math.max(column.word, letters(stringify(span):match("^%S*")) + 3) end
    end })
    for word in stringify(cell.contents):gmatch("[^%s]+") do
      column.word = math.max(column.word, letters(word) * wider)
    end
  end
  see(head, 1.1) -- heads are bold
  for _, row in ipairs(tbl.bodies[1].body) do
    see(row.cells[index], 1)
    local text = stringify(row.cells[index].contents)
    column.full = math.max(column.full, letters(text))
    column.numeric = column.numeric and is_number(text)
    column.remark = column.remark or (text ~= NOTHING and not text:gsub("−", ""):match("^%p?%d"))
  end
  column.need = math.max(column.word, column.numeric and column.full or math.min(column.full, LOOKED_UP))
  return column
end

-- Which columns stand below their row on a phone, and how wide the others are: what the columns are
-- for comes first, so a row keeps its name and figures, and texts and the minor columns give way.
local function fit_phone(tbl)
  if not is_regular(tbl) then return nil end
  local columns, count = {}, #tbl.colspecs
  for index = 1, count do columns[index] = column_of(tbl, index) end
  local name = (columns[1].full <= CODE and not columns[2].numeric) and 2 or 1
  columns[name].need = math.max(columns[name].word, math.min(columns[name].full, NAME))
  local function width()
    local sum = 0
    for _, column in ipairs(columns) do
      if not column.below then sum = sum + column.need + GAP end
    end
    return sum
  end
  local narrow = width() > PHONE_CHARACTERS
  for index = name + 1, count do
    local column = columns[index]
    local long = not column.numeric and column.full > (narrow and READ or THREE_LINES)
    column.below = long and (count > 2 or columns[name].full > READ)
  end
  if width() > PHONE_CHARACTERS then
    for index = name + 1, count do columns[index].below = columns[index].below or columns[index].minor end
  end
  if width() > PHONE_CHARACTERS then
    -- It scrolls past its name, which leaves room for the figures.
    columns[name].need = math.min(columns[name].need, NAME)
  end
  for _, row in ipairs({ tbl.head.rows[1], table.unpack(tbl.bodies[1].body) }) do
    row.cells[name].attr.classes:insert("name")
    for index, column in ipairs(columns) do
      if column.below then
        row.cells[index].attr.classes:insert("below")
        row.cells[index].attr.attributes.head = stringify(tbl.head.rows[1].cells[index].contents)
        -- A remark that there is not; a figure that is not known says so.
        local silent = column.remark and stringify(row.cells[index].contents) == NOTHING
        if silent then row.cells[index].attr.classes:insert("none") end
      end
    end
  end
  local widths = {}
  for index, column in ipairs(columns) do
    local wide = string.format("%.2frem", (column.need + GAP) * LETTER)
    widths[#widths + 1] = column.below and "" or string.format("--c%d: %s", index, wide)
  end
  local style = table.concat(widths, "; "):gsub("; ;", ";"):gsub("^; ", ""):gsub("; $", "")
  -- A rounded width more than all would send the last column below.
  return style, string.format("%.2frem", width() * LETTER + 0.1)
end

local function for_html(tbl)
  set_scopes(tbl)
  local name = stringify(tbl.caption.long)
  if name == "" then name = "Bảng số liệu" end
  -- A region that scrolls must be reachable with the keyboard, and a region must have a name.
  local classes = { "table-scroll" }
  if #tbl.colspecs >= MANY_COLUMNS then classes[2] = "many" end
  if is_key_figures(tbl) then classes[2] = "key" end
  -- In pairs, as a Lua table has no order and the same report must give the same page.
  local attributes = { { "role", "region" }, { "tabindex", "0" }, { "aria-label", name } }
  local widths, whole = nil, nil
  if classes[2] ~= "key" then widths, whole = fit_phone(tbl) end
  if widths then
    classes[#classes + 1] = "fitted"
    attributes[4] = { "style", widths .. "; --whole: " .. whole }
  end
  return pandoc.Div({ tbl }, pandoc.Attr("", classes, attributes))
end

-- Where a paragraph begins with "1." or "-", Typst would begin a list; pandoc escapes that, but not
-- in the cells of tables.
local function without_lists(tbl)
  return tbl:walk({
    Plain = function(plain)
      local text = stringify(plain.content)
      if text:match("^%d+[.)]") or text:match("^[-+=/]") then
        plain.content:insert(1, pandoc.RawInline("typst", "#[]"))
        return plain
      end
    end,
  })
end

local function for_typst(tbl, official)
  tbl = without_lists(tbl)
  -- An official document has plain tables only.
  if official or not is_key_figures(tbl) then return tbl end
  for index in ipairs(tbl.colspecs) do tbl.colspecs[index] = { pandoc.AlignLeft, nil } end
  return { pandoc.RawBlock("typst", "#key-figures["), tbl, pandoc.RawBlock("typst", "]") }
end

-- Word takes the size of text in a table from paragraphs: wide tables have a smaller one.
local function small_print(tbl)
  if #tbl.colspecs < MANY_COLUMNS then return tbl end
  local style = #tbl.colspecs >= MOST_COLUMNS and "Table Smallest" or "Table Small"
  if tbl.classes:includes("landscape") then style = "Table Small" end
  local function shrink(rows)
    for _, row in ipairs(rows) do
      for _, cell in ipairs(row.cells) do
        -- Word's writer gives every Plain of a cell its own style; a paragraph keeps the one around it.
        local said = pandoc.Blocks(cell.contents):walk({
          Plain = function(plain) return pandoc.Para(plain.content) end })
        cell.contents = { pandoc.Div(said, pandoc.Attr("", {}, {
          ["custom-style"] = style })) }
      end
    end
    return rows
  end
  tbl.head.rows = shrink(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do body.body = shrink(body.body) end
  return tbl
end

return {
  align_numbers = align_numbers,
  for_html = for_html,
  for_typst = for_typst,
  set_widths = set_widths,
  small_print = small_print,
}
