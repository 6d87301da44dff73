package examples_test

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"tonghop/aggregate"
	"tonghop/examples"
	"tonghop/examples/internal/paper"
	"tonghop/report"
)

// This file counts by another hand: it adds up the tables that the workbooks
// were made from, with rational numbers, and knows nothing of reading, folding
// and rolling up. What comes out stands in ket-qua.csv beside each example; the
// figures of package aggregate must be the same, each and every one.

// counted is an example counted by hand: which table of each agency counts, and
// what the coordinator set otherwise.
type counted struct {
	folder, request string
	tables          [][2]string          // agency, table
	set             map[[3]string]string // agency, place, indicator
}

// cellKey is a figure of the result: an axis summed over is "".
type cellKey struct{ indicator, agency, place string }

// count gives every total that can be asked for: in all, by agency, by place.
func (c *counted) count(t *testing.T, def *report.Definition) map[cellKey]string {
	t.Helper()
	sums := map[cellKey]*big.Rat{}
	yes := map[cellKey]bool{}
	for _, at := range c.tables {
		table, err := paper.ReadTable(examples.FS, c.folder+"/"+at[1])
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table.Rows {
			ind := def.Indicator(row.Indicator)
			for i, cell := range row.Cells {
				if v, ok := c.set[[3]string{at[0], table.Places[i], row.Indicator}]; ok {
					cell = v
				}
				for _, k := range []cellKey{{row.Indicator, "", ""}, {row.Indicator, at[0], ""}, {row.Indicator, "", table.Places[i]}} {
					switch {
					case cell == "" || ind.Type == report.TypeText:
					case ind.Type == report.TypeBool:
						known, seen := yes[k]
						yes[k] = cell == "có" && (known || !seen)
					default:
						add(t, sums, k, cell)
					}
				}
			}
		}
	}
	out := map[cellKey]string{}
	for k, sum := range sums {
		out[k] = decimalOf(sum)
	}
	for k, all := range yes {
		out[k] = fmt.Sprint(all)
	}
	ratios(out, sums, def)
	return out
}

func add(t *testing.T, sums map[cellKey]*big.Rat, k cellKey, cell string) {
	t.Helper()
	text, _ := paper.Typed(cell)
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%v: %q is no number", k, cell)
	}
	if sums[k] == nil {
		sums[k] = new(big.Rat)
	}
	sums[k].Add(sums[k], r)
}

// ratios are made anew from the sums of their parts.
func ratios(out map[cellKey]string, sums map[cellKey]*big.Rat, def *report.Definition) {
	for _, ind := range def.Indicators {
		if ind.Num == "" {
			continue
		}
		for k, den := range sums {
			if k.indicator != ind.Den || den.Sign() == 0 {
				continue
			}
			num := sums[cellKey{ind.Num, k.agency, k.place}]
			if num == nil {
				continue
			}
			q := new(big.Rat).Quo(num, den)
			q.Mul(q, new(big.Rat).SetInt64(max(ind.Factor, 1)))
			out[cellKey{ind.Code, k.agency, k.place}] = decimalOf(halfEven(q, ind.Scale))
		}
	}
}

// halfEven rounds to a number of decimals, a half to the even side.
func halfEven(r *big.Rat, scale int) *big.Rat {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	scaled := new(big.Rat).Mul(r, new(big.Rat).SetInt(unit))
	whole, rest := new(big.Int).QuoRem(scaled.Num(), scaled.Denom(), new(big.Int))
	twice := rest.Lsh(rest, 1)
	switch half := twice.Cmp(scaled.Denom()); {
	case half > 0, half == 0 && whole.Bit(0) == 1:
		whole.Add(whole, big.NewInt(1))
	}
	return new(big.Rat).SetFrac(whole, unit)
}

// decimalOf writes a rational as a decimal, exactly.
func decimalOf(r *big.Rat) string {
	s := r.FloatString(12)
	if back, _ := new(big.Rat).SetString(s); back.Cmp(r) != 0 {
		panic("not a decimal: " + r.String())
	}
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// lines writes results as the rows of ket-qua.csv, in the order of the form.
func (c *counted) lines(def *report.Definition, results map[cellKey]string) string {
	rank := map[string]int{}
	for i, ind := range def.Indicators {
		rank[ind.Code] = i
	}
	var keys []cellKey
	for k := range results {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b cellKey) int {
		if d := rank[a.indicator] - rank[b.indicator]; d != 0 {
			return d
		}
		return strings.Compare(a.agency+"|"+a.place, b.agency+"|"+b.place)
	})
	var out strings.Builder
	w := csv.NewWriter(&out)
	for _, k := range keys {
		_ = w.Write([]string{c.request, k.indicator, k.agency, k.place, results[k]}) // a strings.Builder does not fail
	}
	w.Flush()
	return out.String()
}

// agrees holds what aggregate gives against what was counted, both ways.
func (c *counted) agrees(t *testing.T, view *aggregate.View, def *report.Definition, want map[cellKey]string) {
	t.Helper()
	got := map[cellKey]string{}
	for _, by := range [][]string{nil, {aggregate.ByAgency}, {aggregate.ByPlace}} {
		table, err := view.Rollup(aggregate.Query{Request: c.request, By: by})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table.Rows {
			if row.Value == nil || def.Indicator(row.Indicator).Type == report.TypeText {
				continue
			}
			got[cellKey{row.Indicator, text(row.Agency), text(row.Place)}] = *row.Value
		}
	}
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s %v: rolled up to %q, counted %q", c.request, k, got[k], v)
		}
	}
	for k, v := range got {
		if _, ok := want[k]; !ok {
			t.Errorf("%s %v: rolled up to %q, counted nothing", c.request, k, v)
		}
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

const resultsHead = "request,indicator,agency,place,value\n"

// TestHaiDuongIsCounted counts the letter of Hải Dương.
func TestHaiDuongIsCounted(t *testing.T) {
	c := &counted{folder: "ngay-ctxh-2021", request: "ngay-ctxh-2021", set: map[[3]string]string{}}
	for _, f := range []string{"syt/syt-2021-03-26", "sgddt/sgddt-2021-03-29-ban-sua", "stttt/stttt-2021-03-29", "dptth/dptth-2021-03-26",
		"mttq/mttq-2021-03-29", "hlhpn/hlhpn-2021-03-31", "hctd/hctd-2021-03-29"} {
		agency, _, _ := strings.Cut(f, "/")
		c.tables = append(c.tables, [2]string{agency, "nop/" + f + ".csv"})
	}
	for indicator, value := range map[string]string{"2.03": "63", "2.05": "9.45", "2.06": "22.05", "2.06b": "22.05"} {
		c.set[[3]string{"hlhpn", "290", indicator}] = value // 120 gifts were given together; 2.06 follows from its parts
	}
	form, err := paper.ReadForm(examples.FS, "ngay-ctxh-2021/request.yaml", "")
	if err != nil {
		t.Fatal(err)
	}
	want := c.count(t, form.Definition)
	golden(t, "../ngay-ctxh-2021/ket-qua.csv", []byte(resultsHead+c.lines(form.Definition, want)))
	c.agrees(t, told(t).view, form.Definition, want)
}

// laoCaiRequests are the requests of the periodic report and the tables that
// count in each.
func laoCaiRequests() []*counted {
	quarter := &counted{request: "lc-2021-q1", tables: [][2]string{{"ttctxh", "nop/ttctxh/quy-1-lan-2.csv"}}}
	for _, d := range []string{"080", "082", "083", "085", "086", "087", "088", "089"} {
		quarter.tables = append(quarter.tables, [2]string{"pld-" + d, "nop/pld-" + d + "/quy-1.csv"})
	}
	out := []*counted{quarter}
	for _, r := range [][2]string{{"lc-2021-m04", "thang-4"}, {"lc-2021-q2", "quy-2"}, {"lc-2021-m03-dl", "thang-3-duong-lich"}, {"lc-2021-q1-dl", "quy-1-duong-lich"}} {
		out = append(out, &counted{request: r[0], tables: [][2]string{{"ttctxh", "nop/ttctxh/" + r[1] + ".csv"}}})
	}
	for _, c := range out {
		c.folder = "lao-cai-ctxh"
	}
	return out
}

// TestLaoCaiIsCounted counts the periodic report, request by request.
func TestLaoCaiIsCounted(t *testing.T) {
	o := laoCaiOffice(t)
	form, err := paper.ReadForm(examples.FS, "lao-cai-ctxh/quy-1.yaml", "")
	if err != nil {
		t.Fatal(err)
	}
	results := resultsHead
	for _, c := range laoCaiRequests() {
		want := c.count(t, form.Definition)
		results += c.lines(form.Definition, want)
		c.agrees(t, o.view, form.Definition, want)
	}
	golden(t, "../lao-cai-ctxh/ket-qua.csv", []byte(results))
}
