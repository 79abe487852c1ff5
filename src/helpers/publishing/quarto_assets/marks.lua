-- What Quarto's own filters leave: the groups of a table, [Cao]{.g4} and so on, where no style sheet
-- can mark them, and the widths of columns.

local BARS = { g1 = "■□□□", g2 = "■■□□", g3 = "■■■□", g4 = "■■■■" }

function Span(span)
  for class, bars in pairs(BARS) do
    if span.classes:includes(class) then
      if FORMAT:match("typst") then
        local marked = pandoc.Inlines({
          pandoc.RawInline("typst", "#quartile(" .. class:sub(2) .. ")["),
        })
        marked:extend(span.content)
        marked:insert(pandoc.RawInline("typst", "]"))
        return marked
      elseif FORMAT:match("docx") then
        span.content:insert(1, pandoc.Str(bars .. "\u{a0}"))
        return span
      end
    end
  end
end

function Table(tbl)
  -- pandoc takes widths from the Markdown, where a trace makes a column of numbers the widest.
  tbl.colspecs = tbl.colspecs:map(function(spec) return { spec[1], nil } end)
  return tbl
end
