package lang_test

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tonghop/report/decimal"
	"tonghop/report/lang"
)

var update = flag.Bool("update", false, "write testdata/syntax.txt anew")

// known are the indicators of the tables: by their first character, as eval.txt says.
func known(code string) (lang.Type, bool) {
	codes := []string{
		"1.01", "1.02", "1.03", "1.03a", "1.04", "1.05", "1.06", "2.04", "2.05", "2.06",
		"3.01", "9.01", "9.02", "L1.1", "L1.4",
	}
	if !slices.Contains(codes, code) {
		return lang.None, false
	}
	switch code[0] {
	case '3':
		return lang.Text, true
	case '9':
		return lang.Bool, true
	}
	return lang.Number, true
}

// figures are what a "with" line sets; "prev " stands before codes of the last period, "total " before those of
// totals, and newyear is whether the year begins.
type figures map[string]lang.Value

func (f figures) env(ask lang.Ask) lang.Value {
	key := ask.Code
	switch {
	case ask.What == lang.YearBegins:
		return f["newyear"]
	case ask.Prev:
		key = "prev " + key
	}
	if ask.What == lang.Total {
		key = "total " + key
	}
	return f[key]
}

// row is one line of a table: source => want, over the figures set before it.
type row struct {
	line         int
	figures      figures
	source, want string
}

func readTable(t *testing.T, name string) []row {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	var current figures
	scanner := bufio.NewScanner(bytes.NewReader(data))
	for line := 1; scanner.Scan(); line++ {
		text := strings.TrimSpace(scanner.Text())
		switch {
		case text == "" || strings.HasPrefix(text, "#"):
		case strings.HasPrefix(text, "with "):
			current = readFigures(t, line, strings.TrimPrefix(text, "with "))
		default:
			source, want, found := strings.Cut(text, "=> ")
			if !found {
				t.Fatalf("%s:%d: no =>", name, line)
			}
			rows = append(rows, row{line, current, strings.TrimSpace(source), strings.TrimSpace(want)})
		}
	}
	return rows
}

func readFigures(t *testing.T, line int, text string) figures {
	t.Helper()
	reasons := map[string]lang.Reason{
		"nil": lang.Nil, "not_collected": lang.NotCollected, "not_applicable": lang.NotApplicable,
	}
	out := figures{}
	for _, pair := range strings.Split(text, ", ") {
		code, value, _ := strings.Cut(pair, " = ")
		if reason, ok := reasons[value]; ok {
			out[code] = lang.NoneOf(reason)
		} else if value == "true" || value == "false" {
			out[code] = lang.BoolOf(value == "true")
		} else if s, err := strconv.Unquote(value); err == nil {
			out[code] = lang.TextOf(s)
		} else if d, err := decimal.Parse(value); err == nil {
			out[code] = lang.NumberOf(d)
		} else {
			t.Fatalf("line %d: figure %q", line, pair)
		}
	}
	return out
}

func TestEval(t *testing.T) {
	for _, r := range readTable(t, "testdata/eval.txt") {
		t.Run(fmt.Sprintf("line %d", r.line), func(t *testing.T) {
			p, err := lang.Compile(r.source, known)
			if err != nil {
				t.Fatalf("%s: %v", r.source, err)
			}
			got := ""
			v, err := p.Eval(r.figures.env)
			if err != nil {
				got = "error: " + err.Error()
			} else {
				got = v.String()
			}
			if got != r.want {
				t.Errorf("%s\n got %s\nwant %s", r.source, got, r.want)
			}
			if err == nil && !v.IsNone() && v.Kind != p.Type() {
				t.Errorf("%s is %s, declared %s", r.source, v.Kind, p.Type())
			}
		})
	}
}

func TestSyntax(t *testing.T) {
	const name = "testdata/syntax.txt"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, ">") {
			if !strings.HasPrefix(line, "  ") {
				out.WriteString(line)
			}
			continue
		}
		out.WriteString(line)
		source := strings.TrimPrefix(strings.TrimPrefix(strings.TrimSuffix(line, "\n"), ">"), " ")
		_, err := lang.Compile(source, known)
		var bad *lang.SyntaxError
		if !errors.As(err, &bad) {
			t.Errorf("%s: got %v, want a SyntaxError", source, err)
			continue
		}
		fmt.Fprintf(&out, "  %d:%d %s\n      %s\n", bad.Line, bad.Column, bad.VI, bad.EN)
		if bad.Suggestion != "" {
			fmt.Fprintf(&out, "      → %s\n", bad.Suggestion)
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if out.String() != string(data) {
		t.Errorf("%s is not what is said now (run with -update and read the difference):\n%s", name, out.String())
	}
}

func TestExplain(t *testing.T) {
	for _, r := range readTable(t, "testdata/explain.txt") {
		t.Run(fmt.Sprintf("line %d", r.line), func(t *testing.T) {
			p, err := lang.Compile(r.source, known)
			if err != nil {
				t.Fatalf("%s: %v", r.source, err)
			}
			f, ok, err := p.Explain(r.figures.env)
			if err != nil {
				t.Fatal(err)
			}
			if got := failureText(f, ok); got != r.want {
				t.Errorf("%s\n got %s\nwant %s", r.source, got, r.want)
			}
		})
	}
}

func failureText(f lang.Failure, ok bool) string {
	if !ok {
		return "-"
	}
	difference := "-"
	if f.Differs {
		difference = f.Difference.String()
	}
	text := fmt.Sprintf("%s: %s %s %s, %s, [%s]", f.Source, f.Left, f.Operator, f.Right,
		difference, strings.Join(f.Names, "] ["))
	if len(f.Totals) > 0 {
		text += ", total [" + strings.Join(f.Totals, "] [") + "]"
	}
	if f.Change != nil {
		text += fmt.Sprintf(", %s → %s", f.Change.Before, f.Change.Now)
	}
	return text
}

func TestNames(t *testing.T) {
	p, err := lang.Compile("[2.05] + [1.02] + prev([1.03]) + [2.05] * prev([1.02]) + total([2.04]) + total(prev([2.06]))", known)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.Names(), []string{"1.02", "2.05"}; !slices.Equal(got, want) {
		t.Errorf("Names: got %v, want %v", got, want)
	}
	if got, want := p.PrevNames(), []string{"1.02", "1.03", "2.06"}; !slices.Equal(got, want) {
		t.Errorf("PrevNames: got %v, want %v", got, want)
	}
	if got, want := p.TotalNames(), []string{"2.04", "2.06"}; !slices.Equal(got, want) {
		t.Errorf("TotalNames: got %v, want %v", got, want)
	}
}

func TestIsLocal(t *testing.T) {
	for source, want := range map[string]bool{
		"[1.02] + sum([1.03], 2)":             true,
		"[1.02] + total([1.03])":              false,
		"[1.02] + prev([1.02])":               false,
		"if(newyear(), [1.02], [1.03])":       false,
		"if([9.01], 1, 2) + len([3.01])":      true,
		"if(1 = 2, total(prev([1.02])), 1)":   false,
		"if(given([1.02]), [1.02], -[1.03])":  true,
		"if(not (newyear() or [9.01]), 1, 2)": false,
	} {
		p, err := lang.Compile(source, known)
		if err != nil {
			t.Fatal(err)
		}
		if p.IsLocal() != want {
			t.Errorf("%s: local %t, want %t", source, p.IsLocal(), want)
		}
	}
}

func TestCanonicalSource(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"spaces and synonyms", "[1.02]≥1  và không [9.01]", "[1.02] >= 1 and not [9.01]"},
		{"needless parentheses", "(([1.02])+(2*3))=5", "[1.02] + 2 * 3 = 5"},
		{"needed parentheses", "2*(3+4)-(5-6)", "2 * (3 + 4) - (5 - 6)"},
		{"shortest number", "1.500", "1.5"},
		{"comparison of comparisons", "(1<2)=(3<4)", "(1 < 2) = (3 < 4)"},
		{"not as an operand", "[9.01] = (không [9.02])", "[9.01] = (not [9.02])"},
		{"sign", "-(1+2)*-3", "-(1 + 2) * -3"},
		{"several lines", "sum([1.02],\n\t[1.03])", "sum([1.02], [1.03])"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := lang.Compile(tt.source, known)
			if err != nil {
				t.Fatal(err)
			}
			if got := p.String(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestBounds(t *testing.T) {
	for _, tt := range []struct{ name, source, near string }{
		{"long source", strings.Repeat("1+", lang.MaxSource/2) + "1", "bytes"},
		{"deep parentheses", strings.Repeat("(", 500) + "1" + strings.Repeat(")", 500), "levels"},
		{"many signs", strings.Repeat("-", 500) + "1", "levels"},
		{"deep calls", strings.Repeat("abs(", 500) + "1" + strings.Repeat(")", 500), "levels"},
		{"many parts", strings.Repeat("1+", lang.MaxNodes) + "1", "parts"},
		{"not UTF-8", "1 + \xff", "UTF-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := lang.Compile(tt.source, known)
			if err == nil || !strings.Contains(err.Error(), tt.near) {
				t.Errorf("got %v, want something about %s", err, tt.near)
			}
		})
	}
}

func TestEvalRefusesValuesOfAnotherType(t *testing.T) {
	p, err := lang.Compile("[1.02] + 1", known)
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Eval(figures{"1.02": lang.TextOf("ba")}.env)
	var failed *lang.EvalError
	if !errors.Is(err, lang.ErrType) || !errors.As(err, &failed) || failed.Operation != "[1.02]" {
		t.Errorf("got %v, want ErrType at [1.02]", err)
	}
}
