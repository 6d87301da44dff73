package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/aggregate"
	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/decimal"
)

// Question h: one request with many facts. How fast are they counted in, what does
// each take in memory, and how long is the wait for a table of them? The peers answer
// with a group-by from scratch, as an analyst would ask a data base.

// The shape of the request: so many agencies, each about so many places; the
// indicators make up the number of facts.
const tableAgencies, tablePlaces = 1000, 100

// tableIndicators is how many indicators a request of so many facts has.
func tableIndicators(facts int) int { return max(1, facts/(tableAgencies*tablePlaces)) }

// asked is a table, in our words and in SQL.
type asked struct {
	Name  string          `json:"name"`
	SQL   string          `json:"sql"`
	query aggregate.Query // of [requestCode] 0
}

// tablesAsked are the tables of question h.
func tablesAsked() []asked {
	half := make([]string, tableAgencies/2)
	for a := range half {
		half[a] = unitCode(a)
	}
	one, place := indicatorCode(0), communeCode(3)
	return []asked{
		{"the total", "select indicator, sum(value) from facts group by indicator", aggregate.Query{}},
		{"by agency", "select agency, indicator, sum(value) from facts group by agency, indicator", aggregate.Query{By: []string{aggregate.ByAgency}}},
		{"by place", "select place, indicator, sum(value) from facts group by place, indicator", aggregate.Query{By: []string{aggregate.ByPlace}}},
		{"one indicator, by agency and place", "select agency, place, indicator, sum(value) from facts where indicator = '" + one + "' group by agency, place, indicator",
			aggregate.Query{By: []string{aggregate.ByAgency, aggregate.ByPlace}, Indicators: []string{one}}},
		{"one place, by agency", "select agency, indicator, sum(value) from facts where place = '" + place + "' group by agency, indicator",
			aggregate.Query{By: []string{aggregate.ByAgency}, Places: []string{place}}},
		{"one agency, by place", "select place, indicator, sum(value) from facts where agency = '" + unitCode(7) + "' group by place, indicator",
			aggregate.Query{By: []string{aggregate.ByPlace}, Agencies: []string{unitCode(7)}}},
		{"half the agencies, by place", "select place, indicator, sum(value) from facts where agency < '" + unitCode(tableAgencies/2) + "' group by place, indicator",
			aggregate.Query{By: []string{aggregate.ByPlace}, Agencies: half}},
		{"the ten greatest of one indicator, by agency and place", "select agency, place, indicator, v from (select *, rank() over (order by v desc) r from " +
			"(select agency, place, indicator, sum(value) v from facts where indicator = '" + one + "' group by agency, place, indicator) t) u where r <= 10",
			aggregate.Query{By: []string{aggregate.ByAgency, aggregate.ByPlace}, Indicators: []string{one}, Top: aggregate.Top{N: 10}}},
		// The peers have no names, and are told the code.
		{"one place by its name, by agency and place", "select agency, place, indicator, sum(value) from facts where indicator = '" + one + "' and place = '" + place + "' group by agency, place, indicator",
			aggregate.Query{By: []string{aggregate.ByAgency, aggregate.ByPlace}, Indicators: []string{one}, Search: []string{"xa 3"}}},
	}
}

func communeCode(p int) string { return fmt.Sprintf("x%03d", p) }

// tableFacts gives the facts of an agency, in canonical order.
func tableFacts(a, indicators int) []report.Fact {
	facts := make([]report.Fact, 0, tablePlaces*indicators)
	columns := make([]string, indicators)
	for k := range columns {
		columns[k], _ = excelize.ColumnNumberToName(5 + k) // no sheet is so wide that it fails
	}
	for p := range tablePlaces {
		for k := range indicators {
			v := int64((a*7+p*31+k*13)%100_000 + 1)
			facts = append(facts, report.Fact{
				Unit: unitCode(a), Place: communeCode(p), Indicator: indicatorCode(k), Value: report.NumberOf(decimal.FromInt(v)),
				Source: report.Source{Sheet: "Báo cáo", Cell: columns[k] + strconv.Itoa(6+p), Text: strconv.FormatInt(v, 10)},
			})
		}
	}
	return facts
}

// step is one measured part of a case.
type step struct {
	Name  string   `json:"name"`
	Wall  float64  `json:"wall"`            // seconds
	CPU   float64  `json:"cpu,omitempty"`   // seconds, of all threads
	Lines []string `json:"lines,omitempty"` // what came out, sorted; left out once it is fingerprinted
	Note  string   `json:"note,omitempty"`
}

// tables measures ourselves and the peers on requests of two sizes.
func (b *bench) tables() error {
	for _, facts := range []int{max(b.tableFacts/10, tableAgencies*tablePlaces), max(b.tableFacts, tableAgencies*tablePlaces)} {
		if err := b.tablesOf(facts); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) tablesOf(facts int) error {
	dir, err := os.MkdirTemp(b.dir, "tables-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	ours, err := b.child("tables", facts)
	if err != nil {
		return err
	}
	figures := map[string]string{}
	for _, s := range ours.Steps {
		figures[s.Name] = s.figures()
	}
	b.addSteps(facts, us, ours, figures)
	if !b.peers {
		return nil
	}
	csv := filepath.Join(dir, "facts.csv")
	if err := writeTo(csv, func(w io.Writer) error { return writeFacts(w, facts) }); err != nil {
		return err
	}
	for _, p := range b.tablePeers(dir, csv, facts) {
		if err := p.needs(); err != nil {
			b.add(result{Question: "h", Case: tableCase(facts, p.of), Who: p.name, Absent: err.Error()})
			continue
		}
		r, err := p.run()
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		for _, s := range r.Steps {
			if want, ours := figures[s.Name]; ours && want != "" && s.figures() != want {
				return fmt.Errorf("%s, %s: other figures than ours", p.name, s.Name)
			}
		}
		b.addSteps(facts, p.name, r, figures)
	}
	return nil
}

// figures is the fingerprint of what came out of a step.
func (s *step) figures() string {
	if len(s.Lines) == 0 {
		return ""
	}
	return fingerprint([]byte(strings.Join(s.Lines, "\n")))
}

func tableCase(facts int, name string) string { return grouped(facts) + " facts, " + name }

// addSteps keeps the steps of a case as results.
func (b *bench) addSteps(facts int, who string, r reading, figures map[string]string) {
	for _, s := range r.Steps {
		if s.Wall == 0 {
			continue // it only shows that it counted right
		}
		b.add(result{Question: "h", Case: tableCase(facts, s.Name), Who: who, Unit: "fact",
			reading: reading{Units: facts, Wall: s.Wall, Peak: r.Peak, Figures: figures[s.Name], Note: s.Note}})
	}
}

// tablesCase is the case "tables FACTS".
func tablesCase(args []string) (reading, error) {
	facts, err := strconv.Atoi(args[0])
	if err != nil {
		return reading{}, err
	}
	before := heap()
	view, load, err := tableView(tableIndicators(facts))
	if err != nil {
		return reading{}, err
	}
	load.Note = fmt.Sprintf("%.1f bytes a fact", float64(heap()-before)/float64(facts))
	r := reading{Units: facts, Steps: []step{load}}
	for _, t := range tablesAsked() {
		t.query.Request = requestCode(0)
		s, err := askThrice(view, t)
		if err != nil {
			return reading{}, err
		}
		r.Steps = append(r.Steps, s)
		r.Wall += s.Wall
	}
	runtime.KeepAlive(view)
	return r, nil
}

// tableView counts a request in, one submission after the other; what is measured
// is the counting.
func tableView(indicators int) (*aggregate.View, step, error) {
	books, view := live(nil)
	seq := uint64(0)
	load := step{Name: "load"}
	count := func(events ...*report.Event) error {
		recorded := make([]report.Recorded, len(events))
		for i, e := range events {
			if err := codec.Seal(e); err != nil {
				return err
			}
			seq++
			recorded[i] = report.Recorded{Seq: seq, Event: e}
		}
		begun := time.Now()
		err := books.Restore(recorded)
		load.Wall += time.Since(begun).Seconds()
		return err
	}
	d, r := foldWorld(smallReports)
	d.Indicators = nil
	for k := range indicators {
		d.Indicators = append(d.Indicators, report.Indicator{Code: indicatorCode(k), Name: report.Text{VI: "Chỉ tiêu " + strconv.Itoa(k)}, Type: report.TypeInt, By: report.ByPlace})
	}
	for p := range tablePlaces {
		r.Places = append(r.Places, report.Place{Code: communeCode(p), Name: report.Text{VI: "Xã " + strconv.Itoa(p)}, Level: report.LevelCommune, Parent: districtCode(p % officePlaces)})
	}
	r.Index()
	first := documents(smallReports, 1)
	first[0].Body, first[1].Body = &report.RegisterApplied{Register: r}, &report.DefinitionApplied{Definition: d}
	if err := count(first...); err != nil {
		return nil, load, err
	}
	for a := range tableAgencies {
		received, checked, submitted := submission(smallReports, a)
		checked.Body.(*report.Checked).Draft.Facts = report.FactsOf(tableFacts(a, indicators))
		if err := count(received, checked, submitted); err != nil {
			return nil, load, err
		}
	}
	return view, load, allHeard(view, tableAgencies)
}

// heap is the memory in use, in bytes.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// askThrice gives the median wait for a table.
func askThrice(v *aggregate.View, t asked) (step, error) {
	var walls []float64
	out := step{Name: t.Name}
	for range 3 {
		begun := time.Now()
		r, err := v.Rollup(t.query)
		if err != nil {
			return out, err
		}
		walls = append(walls, time.Since(begun).Seconds())
		out.Lines = linesOf(r)
	}
	slices.Sort(walls)
	out.Wall = walls[1]
	return out, nil
}

// linesOf writes rows as the peers do.
func linesOf(r *aggregate.Rollup) []string {
	var lines []string
	for _, row := range r.Rows {
		if row.Value == nil {
			continue
		}
		var words []string
		for _, code := range []*string{row.Agency, row.Place} {
			if code != nil {
				words = append(words, *code)
			}
		}
		lines = append(lines, strings.Join(append(words, row.Indicator, *row.Value), "|"))
	}
	slices.SortFunc(lines, cmp.Compare)
	return lines
}

// writeFacts writes the facts of a request as the peers read them.
func writeFacts(w io.Writer, facts int) error {
	out := bufio.NewWriter(w)
	for a := range tableAgencies {
		for _, f := range tableFacts(a, tableIndicators(facts)) {
			fmt.Fprintf(out, "%s,%s,%s,%s\n", f.Unit, f.Place, f.Indicator, f.Value)
		}
	}
	return out.Flush()
}

func writeTo(file string, write func(io.Writer) error) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// writeTables writes what is asked, as the peers read it.
func writeTables(w io.Writer) error { return json.NewEncoder(w).Encode(tablesAsked()) }
