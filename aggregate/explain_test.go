package aggregate

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// TestSourcesAddUp: the sources of every sum add up to it again, to the last
// digit (law 4).
func TestSourcesAddUp(t *testing.T) {
	sums, nothing := 0, 0
	for seed := range seeds(t, 60) {
		f := folded(randomHistory(seed, 12).events)
		for _, by := range [][]string{nil, {ByAgency}, {ByPlace}, {ByAgency, ByPlace}} {
			for _, level := range []string{"", "district", "province"} {
				r, err := f.state.Rollup(&f.ledger, Query{Request: testRequest, By: by, Level: level, Indicators: []string{"sum", "dec", "w", "some"}})
				if err != nil {
					t.Fatal(err)
				}
				for _, row := range r.Rows {
					e := explainRow(t, f, row, level)
					var total decimal.Sum
					numbers := 0
					for _, s := range e.Sources {
						if s.Value != nil {
							total.Add(decimal.MustParse(*s.Value))
							numbers++
						}
					}
					if row.Value == nil {
						if nothing++; numbers > 0 {
							t.Fatalf("seed %d: %+v has no value and yet sources with figures: %+v", seed, row, e.Sources)
						}
						continue
					}
					sum, err := total.Value()
					if err != nil || sum.String() != *row.Value || *e.Value != *row.Value {
						t.Fatalf("seed %d: %s of %+v: sources give %s, the cell says %s", seed, row.Indicator, e, sum, *row.Value)
					}
					sums++
				}
			}
		}
	}
	if sums < 1000 || nothing == 0 {
		t.Errorf("only %d sums and %d empty cells were looked at", sums, nothing)
	}
}

func explainRow(t *testing.T, f *fold, row Row, level string) *Explanation {
	t.Helper()
	q := Question{Request: testRequest, Indicator: row.Indicator, Level: level}
	if row.Agency != nil {
		q.Agency = *row.Agency
	}
	if row.Place != nil {
		q.Place = *row.Place
	}
	e, err := f.state.Explain(&f.ledger, q)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestExplain(t *testing.T) {
	h := newHistory(1)
	written := num("syt", "288", "sum", "13")
	written.Source = report.Source{Sheet: "Biểu 1", Cell: "F18", Text: "13 "}
	v1 := h.submit("syt", facts(written, num("syt", "288", "w", "20"), num("syt", "290", "sum", "2"), num("syt", "290", "w", "3"),
		num("syt", "290", "dec", "0.5"), num("syt", "290", "mean", "1.25"), num("syt", "288", "mean", "2"), num("syt", "290", "none", "7")))
	h.submit("sgd", facts(num("sgd", "30T", "none", "8")))
	h.add(report.ReturnKey(testRequest, "syt"), &report.Adjusted{
		Submission: v1.ID, Unit: "syt", Place: "290", Indicator: "w", New: decimal.FromInt(4), Reason: "theo biên bản"})
	f := folded(h.events)
	for _, c := range []struct {
		name    string
		q       Question
		value   string
		how     string
		sources string
	}{
		{"a figure as it stands in its cell", Question{Agency: "syt", Place: "288", Indicator: "sum"}, "13",
			"đúng như số liệu trong báo cáo", "sum 288 13 Biểu 1!F18 “13 ”"},
		{"a sum", Question{Indicator: "sum"}, "15", "tổng (2 số liệu)", "sum 290 2 ! “”; sum 288 13 Biểu 1!F18 “13 ”"},
		{"a figure that was adjusted is not as reported", Question{Place: "290", Indicator: "w"}, "4", "số đã được điều chỉnh", "w 290 4 ! “” adjusted"},
		{"a ratio rests on its parts", Question{Indicator: "ratio"}, "62.5", "tỷ lệ tính lại: 100 × [sum] 15 / [w] 24",
			"sum 290 2 ! “”; sum 288 13 Biểu 1!F18 “13 ”; w 290 4 ! “” adjusted; w 288 20 ! “”"},
		{"a mean rests on its weights", Question{Indicator: "mean"}, "1.88", "trung bình có trọng số (2 số liệu)",
			"w 290 4 ! “” adjusted; w 288 20 ! “”; mean 290 1.25 ! “”; mean 288 2 ! “”"},
		{"a computed figure rests on what it is computed from", Question{Indicator: "double"}, "5", "tính theo công thức 2 * [total]",
			"sum 290 2 ! “”; dec 290 0.5 ! “”"},
		{"a refused total says so", Question{Indicator: "none"}, "", "2 số liệu không cộng được với nhau theo biểu mẫu",
			"none 290 7 ! “”; none 30T 8 ! “”"},
		{"nothing there", Question{Agency: "bao", Indicator: "sum"}, "", "không có số liệu", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.q.Request = testRequest
			e, err := f.state.Explain(&f.ledger, c.q)
			if err != nil {
				t.Fatal(err)
			}
			value := ""
			if e.Value != nil {
				value = *e.Value
			}
			var sources []string
			for _, s := range e.Sources {
				line := s.Indicator + " " + s.Place + " " + *s.Value + " " + s.Sheet + "!" + s.Cell + " “" + s.Text + "”"
				if s.Adjusted {
					line += " adjusted"
				}
				sources = append(sources, line)
			}
			if value != c.value || e.How.VI != c.how || strings.Join(sources, "; ") != c.sources || e.How.EN == "" {
				t.Errorf("got %q, %q, %q; want %q, %q, %q", value, e.How.VI, strings.Join(sources, "; "), c.value, c.how, c.sources)
			}
		})
	}
}

// TestExplainDistrict: a place at which nothing was reported stands for what lies
// below it, and one with a figure of its own for that figure alone; a level asks
// for what lies below in any case.
func TestExplainDistrict(t *testing.T) {
	h := newHistory(1)
	h.submit("syt", facts(num("syt", "10525", "sum", "5"), num("syt", "10528", "sum", "7")))
	h.submit("sgd", facts(num("sgd", "288", "sum", "3"), num("sgd", "10525", "sum", "2")))
	f := folded(h.events)
	for _, c := range []struct {
		name string
		q    Question
		want string
	}{
		{"below it", Question{Agency: "syt", Place: "288"}, "12"},
		{"of its own", Question{Agency: "sgd", Place: "288"}, "3"},
		{"of its own, of all", Question{Place: "288"}, "3"},
		{"by level", Question{Agency: "sgd", Place: "288", Level: "district"}, "5"},
		{"by level, of all", Question{Place: "288", Level: "district"}, "17"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.q.Request, c.q.Indicator = testRequest, "sum"
			e, err := f.state.Explain(&f.ledger, c.q)
			if err != nil {
				t.Fatal(err)
			}
			if e.Value == nil || *e.Value != c.want {
				t.Errorf("got %v, want %s", e.Value, c.want)
			}
		})
	}
}

// TestExplainSaysWhoAdjusted: every change of a figure stands beside it, with who
// made it and why; that of another figure does not.
func TestExplainSaysWhoAdjusted(t *testing.T) {
	h := newHistory(1)
	v1 := h.submit("syt", facts(num("syt", "288", "sum", "13"), num("syt", "290", "sum", "2")))
	adjust := func(place string, old *decimal.Decimal, value, reason string) {
		h.add(report.ReturnKey(testRequest, "syt"), &report.Adjusted{
			Submission: v1.ID, Unit: "syt", Place: place, Indicator: "sum", Old: old, New: decimal.MustParse(value), Reason: reason})
	}
	was := decimal.FromInt(13)
	adjust("288", &was, "12.5", "theo biên bản")
	adjust("288", nil, "12", "đối chiếu lại")
	adjust("30T", nil, "1", "bỏ sót")
	f := folded(h.events)
	e, err := f.state.Explain(&f.ledger, Question{Request: testRequest, Indicator: "sum", Agency: "syt"})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(e.Sources)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"adjusted":true,"adjustments":[{"at":"2021-03-20T01:07:00Z","actor":{"role":"system","id":"t"},"old":"13","new":"12.5","reason":"theo biên bản"},` +
			`{"at":"2021-03-20T01:08:00Z","actor":{"role":"system","id":"t"},"old":null,"new":"12","reason":"đối chiếu lại"}]`,
		`"value":"2"}`, // not adjusted
		`"new":"1","reason":"bỏ sót"}]`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestExplainRefuses(t *testing.T) {
	f := small()
	for _, c := range []struct {
		name string
		q    Question
		want fault.Code
	}{
		{"unknown request", Question{Request: "x", Indicator: "sum"}, fault.RequestUnknown},
		{"unknown indicator", Question{Request: testRequest, Indicator: "x"}, fault.ParameterWrong},
		{"no indicator", Question{Request: testRequest}, fault.ParameterMissing},
		{"agency not asked", Question{Request: testRequest, Indicator: "sum", Agency: "x"}, fault.AgencyNotAsked},
		{"place without figures", Question{Request: testRequest, Indicator: "sum", Place: "x"}, fault.ParameterWrong},
		{"unit without figures", Question{Request: testRequest, Indicator: "sum", Unit: "x"}, fault.ParameterWrong},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := f.state.Explain(&f.ledger, c.q); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}
