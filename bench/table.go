package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

// us is how we are named beside the peers.
const us = "tonghop"

// result is one line of a table.
type result struct {
	Question string `json:"question"`
	Case     string `json:"case"`             // what was done
	Who      string `json:"who"`              // "tonghop", with what of it, or the peer
	Unit     string `json:"unit"`             // of work
	Series   string `json:"series,omitempty"` // cases of one series differ in size alone
	Absent   string `json:"absent,omitempty"` // why there is no figure
	reading
}

func (r result) ours() bool { return strings.HasPrefix(r.Who, us) }

// perUnit is the wall time of one unit of work, in seconds.
func (r result) perUnit() float64 {
	if r.Units == 0 {
		return 0
	}
	return r.Wall / float64(r.Units)
}

// writeTable prints the results of a question. The last column but one says how
// many times as long as we (the first line of the same case) the peer took for
// a unit of work.
func writeTable(w io.Writer, results []result) {
	t := tabwriter.NewWriter(w, 2, 0, 2, ' ', 0)
	fmt.Fprintln(t, "case\twho\twall s\tCPU s\tpeak MiB\tunits/s\ttimes ours\tfigures")
	last := ""
	for i, r := range results {
		name := r.Case
		if name == last {
			name = ""
		}
		last = r.Case
		if r.Absent != "" {
			fmt.Fprintf(t, "%s\t%s\tabsent: %s\n", name, r.Who, r.Absent)
			continue
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%.0f\t%s\t%s\t%s\n", name, r.Who, seconds(r.Wall), known(r.CPU), r.Peak,
			rate(r), timesOurs(results[:i], r), cmp.Or(r.Figures, r.Note))
	}
	t.Flush()
	for _, r := range results {
		if r.Figures != "" && r.Note != "" {
			fmt.Fprintf(w, "  %s, %s: %s\n", r.Case, r.Who, r.Note)
		}
	}
}

// timesOurs compares a result with ours of the same case before it.
func timesOurs(before []result, r result) string {
	at := slices.IndexFunc(before, func(o result) bool { return o.Case == r.Case && o.ours() })
	if at < 0 || r.ours() || before[at].perUnit() == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f", r.perUnit()/before[at].perUnit())
}

// writeMemory prints the most memory that each program took for a question, the
// hungriest first, and for what.
func writeMemory(w io.Writer, results []result) {
	fmt.Fprintln(w, "\n(e) peak memory of each, in its largest case")
	all := slices.DeleteFunc(slices.Clone(results), func(r result) bool { return r.Absent != "" })
	slices.SortStableFunc(all, func(a, b result) int {
		return cmp.Or(cmp.Compare(a.Question, b.Question), cmp.Compare(b.Peak, a.Peak))
	})
	t := tabwriter.NewWriter(w, 2, 0, 2, ' ', 0)
	fmt.Fprintln(t, "question\twho\tpeak MiB\tcase")
	seen := map[string]bool{}
	for _, r := range all {
		if !seen[r.Question+r.Who] {
			seen[r.Question+r.Who] = true
			fmt.Fprintf(t, "%s\t%s\t%.0f\t%s\n", r.Question, r.Who, r.Peak, r.Case)
		}
	}
	t.Flush()
}

// writeGrowth prints what a unit of work costs in the smallest and in the largest
// case of each series: flat is 1.0.
func writeGrowth(w io.Writer, results []result) {
	fmt.Fprintln(w, "\n(f) growth: cost of a unit of work, small to large")
	t := tabwriter.NewWriter(w, 2, 0, 2, ' ', 0)
	fmt.Fprintln(t, "question\twho\tunit\tsmall\tlarge\tµs wall\tµs wall\tratio\tCPU ratio")
	for _, s := range seriesOf(results) {
		a, b := s[0], s[len(s)-1]
		if len(s) < 2 {
			continue
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%.2f\t%.2f\t%.2f\t%.2f\n", a.Question, a.Who, a.Unit, grouped(a.Units), grouped(b.Units),
			a.perUnit()*1e6, b.perUnit()*1e6, b.perUnit()/a.perUnit(), (b.CPU/float64(b.Units))/(a.CPU/float64(a.Units)))
	}
	t.Flush()
}

// seriesOf gathers results that differ in size alone, smallest first.
func seriesOf(results []result) [][]result {
	var out [][]result
	for _, r := range results {
		if r.Series == "" || r.Absent != "" || r.Units == 0 {
			continue
		}
		at := slices.IndexFunc(out, func(s []result) bool {
			return s[0].Question == r.Question && s[0].Series == r.Series && s[0].Who == r.Who
		})
		if at < 0 {
			out = append(out, []result{r})
			continue
		}
		out[at] = append(out[at], r)
	}
	for _, s := range out {
		slices.SortFunc(s, func(a, b result) int { return cmp.Compare(a.Units, b.Units) })
	}
	return out
}

func rate(r result) string {
	if r.Units == 0 || r.Wall == 0 {
		return ""
	}
	return grouped(int(math.Round(float64(r.Units)/r.Wall))) + " " + r.Unit + "s"
}

// known leaves out what was not measured.
func known(s float64) string {
	if s == 0 {
		return ""
	}
	return seconds(s)
}

func seconds(s float64) string {
	if s < 0.1 {
		return fmt.Sprintf("%.4f", s)
	}
	return fmt.Sprintf("%.2f", s)
}

// grouped writes a whole number with commas between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
