-- "Nguồn số liệu": where every number of a report comes from. On a page each traced number links to
-- its entry in a list at the end, which hover, keyboard and screen readers reach alike; in an official
-- document the list is an annex. Of an ordinary report on paper it is left out.

local stringify = pandoc.utils.stringify
local is_html = FORMAT:match("html") ~= nil

local TITLE = "Nguồn số liệu"

--- Gather the traces, in the order of the text.
-- @param blocks the document as the notebook gives it, attributes not yet cleaned
-- @return a table: order (list of sources) and by_source (source to place and numbers, and whether
-- it stands behind annexes alone)
local function collect(blocks)
  local found = { order = {}, by_source = {} }
  local annexed = false
  blocks:walk({
    traverse = "topdown",
    Header = function(header)
      if header.classes:includes("appendix") then annexed = true end
    end,
    Span = function(span)
      local source = span.attributes.title
      if not (span.classes:includes("so") and source and source ~= "") then return nil end
      local entry = found.by_source[source]
      if not entry then
        entry = { place = #found.order + 1, numbers = {}, seen = {}, annexed = annexed }
        found.by_source[source] = entry
        table.insert(found.order, source)
      end
      local number = stringify(span)
      if not entry.seen[number] then
        entry.seen[number] = true
        table.insert(entry.numbers, number)
      end
    end,
  })
  return found
end

--- Make a traced number a link to its entry.
local function link(found, span)
  local source = span.attributes.title
  local entry = source and found.by_source[source]
  if not (is_html and entry and span.classes:includes("so")) then return nil end
  return pandoc.Link(span.content, "#nguon-" .. entry.place, source, pandoc.Attr("", { "so" }))
end

local function list(found)
  local items = {}
  for place, source in ipairs(found.order) do
    local numbers = table.concat(found.by_source[source].numbers, "; ")
    local text = pandoc.Inlines({ pandoc.Strong({ pandoc.Str(numbers) }), pandoc.Str(" – " .. source) })
    table.insert(items, { pandoc.Div({ pandoc.Plain(text) }, pandoc.Attr("nguon-" .. place)) })
  end
  return pandoc.Div({ pandoc.OrderedList(items) }, pandoc.Attr("", { "sources" }))
end

-- On paper the folder of a delivery is named once, in the first paragraph.
local FOLDER = "data/provinces/[%w-]+/"

local function folder_of(found)
  for _, source in ipairs(found.order) do
    local folder = source:match(FOLDER)
    if folder then return folder end
  end
end

-- What rows of one file have in common: the file; without one, the rule without its codes.
local function kind_of(source)
  local file = source:match("[%w-]+/[%w-]+%.%l+")
  return file or source:gsub("tiêu chí .*$", "tiêu chí"):gsub("%d[%d%.]*", "…")
end

local function lines_of(source, range)
  for line in source:gmatch("dòng (%d+)") do
    local at = tonumber(line)
    range.first, range.last = math.min(range.first or at, at), math.max(range.last or at, at)
  end
end

-- Sources of numbers in annex tables alone: one row for each file, with the lines it was read from.
local function gathered(found, shorten)
  local kinds, order = {}, {}
  for _, source in ipairs(found.order) do
    local entry = found.by_source[source]
    if entry.annexed then
      local name = kind_of(shorten(source))
      if not kinds[name] then
        kinds[name] = { numbers = {}, seen = {}, range = {} }
        table.insert(order, name)
      end
      local kind = kinds[name]
      lines_of(source, kind.range)
      for _, number in ipairs(entry.numbers) do
        if not kind.seen[number] then
          kind.seen[number] = true
          table.insert(kind.numbers, number)
        end
      end
    end
  end
  return kinds, order
end

local function as_table(found)
  local rows = {}
  local folder = folder_of(found)
  local function shorten(source)
    return folder and source:gsub(folder:gsub("%p", "%%%0"), "") or source
  end
  local function add(numbers, source)
    local cells = { tostring(#rows + 1), table.concat(numbers, "; "), source }
    table.insert(rows, pandoc.List(cells):map(function(cell) return { pandoc.Plain({ pandoc.Str(cell) }) } end))
  end
  for _, source in ipairs(found.order) do
    local entry = found.by_source[source]
    if not entry.annexed then add(entry.numbers, (shorten(source))) end
  end
  local kinds, order = gathered(found, shorten)
  for _, name in ipairs(order) do
    local range = kinds[name].range
    local lines = ""
    if range.first then
      lines = ", dòng " .. range.first .. (range.last > range.first and "–" .. range.last or "")
    end
    -- There are many of them, so they stand in the wide column.
    add({ "bảng ở phụ lục" }, name .. lines .. ": " .. table.concat(kinds[name].numbers, "; "))
  end
  local head = pandoc.List({ "TT", "Số liệu", "Nguồn" }):map(function(cell)
    return { pandoc.Plain({ pandoc.Str(cell) }) }
  end)
  local simple = pandoc.SimpleTable(
    {}, { pandoc.AlignRight, pandoc.AlignLeft, pandoc.AlignLeft }, { 0, 0, 0 }, head, rows)
  local made = pandoc.utils.from_simple_table(simple)
  made.classes = { "sources" }
  local lead = folder and pandoc.Para({ pandoc.Str(
    "Tệp được ghi theo năm và tên, trong thư mục " .. folder:gsub("/$", "") .. "; nguồn của từng số ở bảng phụ lục " ..
    "được gộp theo tệp, bản trang thông tin nêu riêng từng số.") })
  return lead, made
end

--- Return the blocks that close the report; none if nothing was traced or the format does without.
-- @param level of the heading
local function blocks_for(found, official, level)
  if #found.order == 0 or not (is_html or official) then return {} end
  local classes = official and { "appendix" } or {}
  local header = pandoc.Header(level, { pandoc.Str(TITLE) }, pandoc.Attr("nguon-so-lieu", classes))
  if is_html then return { header, list(found) } end
  local lead, made = as_table(found)
  return lead and { header, lead, made } or { header, made }
end

return { collect = collect, link = link, blocks_for = blocks_for }
