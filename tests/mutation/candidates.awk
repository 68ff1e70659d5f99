# Every small change that could be made to C++ sources, one a line, tab-separated:
#   file  line  column (0: the whole line goes)  what stands there  what would
# Code alone: comments, text in quotes and preprocessor lines are left as they are.

BEGIN {
  OFS = "\t"
  n = split(" < | <= | > | >= | == | != | + | - | * | / | += | (!", from, "|")
  split(" <= | < | >= | > | != | == | - | + | + | * | -= | (", to, "|")
  from[++n] = " && "; to[n] = " || "
  from[++n] = " || "; to[n] = " && "
  from[++n] = "true"; to[n] = "false"
  from[++n] = "false"; to[n] = "true"
}

# The line with everything that is no code blanked, each character by one other.
function code_of(line,    out, i, c, quote) {
  out = ""
  quote = ""
  for (i = 1; i <= length(line); ++i) {
    c = substr(line, i, 1)
    if (quote == "" && substr(line, i, 2) == "//") break
    if (quote != "" && c == "\\") {
      out = out "__"
      ++i
    } else if (quote == "" && c == "\"") {
      quote = c
      out = out "_"
    } else if (quote == "" && c == "'" && substr(line, i - 1, 1) !~ /[0-9]/) {
      quote = c
      out = out "_"
    } else if (quote != "" && c == quote) {
      quote = ""
      out = out "_"
    } else {
      out = out (quote == "" ? c : "_")
    }
  }
  return out
}

function is_word(c) { return c ~ /[A-Za-z0-9_.']/ }

/^ *#/ { next }

{
  code = code_of($0)
  for (k = 1; k <= n; ++k) {
    at = 0
    while ((found = index(substr(code, at + 1), from[k])) > 0) {
      at += found
      before = substr(code, at - 1, 1)
      after = substr(code, at + length(from[k]), 1)
      if (from[k] ~ /^[a-z]/ && (is_word(before) || is_word(after))) continue
      print FILENAME, FNR, at, from[k], to[k]
    }
  }
  # A number becomes the next one.
  for (at = 1; at <= length(code); ++at) {
    if (substr(code, at, 1) !~ /[0-9]/ || is_word(substr(code, at - 1, 1))) continue
    end = at
    while (substr(code, end + 1, 1) ~ /[0-9]/) ++end
    if (!is_word(substr(code, end + 1, 1)))
      print FILENAME, FNR, at, substr(code, at, end - at + 1), substr(code, at, end - at + 1) + 1
    at = end
  }
  # A check, or something counted, is left out.
  if (code ~ /^ +if \(.*\) return .*;$/ || code ~ /^ +[a-z_.]+ \+= .*;$/)
    print FILENAME, FNR, 0, $0, ""
}
