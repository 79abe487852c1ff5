-- "Nguồn số liệu": where every number of a report comes from. On a page each traced number links to
-- its entry in a list at the end, which hover, keyboard and screen readers reach alike. On paper it is
-- left out.

local stringify = pandoc.utils.stringify
local is_html = FORMAT:match("html") ~= nil

local TITLE = "Nguồn số liệu"

--- Gather the traces, in the order of the text.
-- @param blocks the document as the notebook gives it, attributes not yet cleaned
-- @return a table: order (list of sources) and by_source (source to place and numbers)
local function collect(blocks)
  local found = { order = {}, by_source = {} }
  blocks:walk({
    traverse = "topdown",
    Span = function(span)
      local source = span.attributes.title
      if not (span.classes:includes("so") and source and source ~= "") then return nil end
      local entry = found.by_source[source]
      if not entry then
        entry = { place = #found.order + 1, numbers = {}, seen = {} }
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

--- Return the blocks that close the report; none if nothing was traced, or on paper: what is signed
-- has no list of files, which the review slip of the office holds.
-- @param level of the heading
local function blocks_for(found, level)
  if #found.order == 0 or not is_html then return {} end
  return { pandoc.Header(level, { pandoc.Str(TITLE) }, pandoc.Attr("nguon-so-lieu")), list(found) }
end

return { collect = collect, link = link, blocks_for = blocks_for }
