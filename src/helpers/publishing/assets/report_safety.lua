-- What text from notebooks may hold: a filter that turns everything else into plain text.

local is_html = FORMAT:match("html") ~= nil
local KEPT_CLASSES = {
  so = true, g1 = true, g2 = true, g3 = true, g4 = true, note = true,
  ["chiso-figure"] = true, ["chiso-table"] = true, ["table-note"] = true, appendix = true, apart = true,
  abbr = true, minor = true,
}

-- Attributes can carry scripts (onclick) and styles that hide text: only what reports use stays.
local function safe_attr(attr)
  local classes = attr.classes:filter(function(class) return KEPT_CLASSES[class] end)
  local kept = {}
  for _, name in ipairs({ "title", "lang", "data-short" }) do
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

return {
  Link = function(link)
    if not safe_target(link.target) then return link.content end
    -- A whole table goes with the page; paper says where it is.
    if link.target:match("^#chiso%-csv") and not is_html then return link.content end
    return pandoc.Link(link.content, link.target, link.title, pandoc.Attr())
  end,
  -- Figures come from cell outputs; a picture named in text would be fetched from elsewhere.
  -- Those that a text brings along are known by the name that publishing gave them.
  Image = function(image) return not image.src:match("^chiso%-figure:") and image.caption or nil end,
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
