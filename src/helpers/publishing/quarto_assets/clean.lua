-- Reads a JSON list of Markdown texts from standard input and writes the list back, each text
-- parsed without raw HTML, TeX or YAML and written again with everything special escaped.
--
-- Quarto needs raw HTML and shortcodes for itself and cannot be told to read them as text, so text
-- that comes from data has to lose them before Quarto sees it. One process serves a whole report.

local READ = "markdown-raw_html-raw_tex-raw_attribute-native_divs-native_spans"
  .. "-markdown_in_html_blocks-latex_macros-yaml_metadata_block-pandoc_title_block+autolink_bare_uris"
local WRITE = "markdown-simple_tables-multiline_tables"

local KEPT = {
  title = true, alt = true, lang = true, width = true, height = true,
  ["fig-alt"] = true, ["tbl-colwidths"] = true,
}

local function attributes(element)
  for name, _ in pairs(element.attributes) do
    if not KEPT[name] then
      element.attributes[name] = nil
    end
  end
  return element
end

local function scheme(target)
  -- Browsers skip spaces and control characters inside a scheme, so they are dropped first.
  return target:gsub("[%c%s]", ""):lower():match("^([%a][%w+.-]*):")
end

local function link(element)
  local name = scheme(element.target)
  if name and name ~= "http" and name ~= "https" and name ~= "mailto" then
    return element.content
  end
  return attributes(element)
end

local function image(element)
  -- A picture in text may not fetch from the network or read a file outside the report.
  local source = element.src
  if source:match("^attachment:picture%-%d+%.png$") then return attributes(element) end
  if scheme(source) or source:match("^[/\\]") or source:match("%.%.") then
    return element.caption
  end
  return attributes(element)
end

local function dropped()
  return {}
end

local function braces(element)
  -- The writer leaves braces alone, but "{=html}" behind a code span would make it raw again.
  if not element.text:find("{", 1, true) then
    return nil
  end
  local parts = pandoc.Inlines({})
  for plain, brace in element.text:gmatch("([^{]*)({?)") do
    if plain ~= "" then
      parts:insert(pandoc.Str(plain))
    end
    if brace ~= "" then
      parts:insert(pandoc.RawInline("markdown", "\\{"))
    end
  end
  return parts
end

local rules = {
  RawInline = dropped, RawBlock = dropped,
  Link = link, Image = image,
  Span = attributes, Div = attributes, Code = attributes, CodeBlock = attributes,
  Header = attributes, Table = attributes,
}

local texts = pandoc.json.decode(io.read("a"))
local cleaned = pandoc.List()
for index, text in ipairs(texts) do
  local document = pandoc.read(text, READ, { columns = 100000 }):walk(rules)
  document = document:walk({ Str = braces })
  local written = pandoc.write(document, WRITE, { wrap_text = "none", columns = 100000 })
  -- Quarto looks for shortcodes in the text itself, even inside code.
  cleaned[index] = written:gsub("{{<", "{{ <"):gsub(">}}", "> }}")
end
io.write(pandoc.json.encode(cleaned))
