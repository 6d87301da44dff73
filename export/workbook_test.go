package export

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

func TestSameSummarySameBytes(t *testing.T) {
	s := sample()
	want := mustWorkbook(t, s)
	for range 19 {
		if got := mustWorkbook(t, s); !bytes.Equal(got, want) {
			t.Fatal("the same summary gave other bytes")
		}
	}
	if got := mustWorkbook(t, sample()); !bytes.Equal(got, want) {
		t.Fatal("a summary made anew gave other bytes: something in it or in the workbook hangs on the order of a map")
	}
}

// While figures may change, every sheet says so in its name, its title and its
// margins, and so do the properties; once they are final nothing does.
func TestProvisionalIsMarkedEverywhere(t *testing.T) {
	for _, tt := range []struct {
		name    string
		summary *report.Summary
		want    bool
	}{{"provisional", sample(), true}, {"official", official(), false}} {
		t.Run(tt.name, func(t *testing.T) {
			f := reopen(t, tt.summary)
			props, err := f.GetDocProps()
			if err != nil {
				t.Fatal(err)
			}
			marked := map[string]string{"title": props.Title, "description": props.Description}
			for _, sheet := range f.GetSheetList() {
				rows, err := f.GetRows(sheet)
				if err != nil {
					t.Fatal(err)
				}
				margins, err := f.GetHeaderFooter(sheet)
				if err != nil {
					t.Fatal(err)
				}
				marked[sheet+", name"] = sheet
				marked[sheet+", cells"] = fmt.Sprint(rows[:min(len(rows), 20)])
				marked[sheet+", header"] = margins.OddHeader
				marked[sheet+", first header"] = margins.FirstHeader
				marked[sheet+", footer"] = margins.OddFooter
			}
			for where, text := range marked {
				if strings.Contains(text, Provisional) != tt.want {
					t.Errorf("%s: %q, marked should be %t", where, text, tt.want)
				}
			}
		})
	}
}

// The file says what it was made from, so that it can be verified later.
func TestPropertiesNameTheState(t *testing.T) {
	s := sample()
	props, err := reopen(t, s).GetCustomProps()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]any{}
	for _, p := range props {
		got[p.Name] = p.Value
	}
	for name, want := range map[string]string{
		"tonghop.request": "ngay-ctxh-2021", "tonghop.state": s.State, "tonghop.asOf": "2021-04-01T10:05:00Z",
		"tonghop.heard": "7/9", "tonghop.official": "false", "tonghop.definition": "ngay-ctxh@2021.1",
	} {
		if got[name] != want {
			t.Errorf("%s is %v, want %s", name, got[name], want)
		}
	}
}

// Missing is not zero (law 8): whoever was not heard has blank cells, and no
// chart has a bar for them.
func TestMissingIsBlank(t *testing.T) {
	f := reopen(t, official())
	row := findRow(t, f, sheetTotals, colCode, "1.02")
	const missing = 5 // Báo Hải Dương is the fifth of the roster
	ref := xlsx.Ref(row, colSum+missing)
	if v, err := f.GetCellValue(sheetTotals, ref); err != nil || v != "" {
		t.Errorf("%s holds %q (%v), want nothing", ref, v, err)
	}
	if v, err := f.GetCellValue(sheetTotals, xlsx.Ref(row, colSum+4)); err != nil || v != wordNil {
		t.Errorf("an agency with nothing to report shows %q (%v), want %q", v, err, wordNil)
	}
	rows, err := f.GetRows(sheetCharts)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if len(r) > 0 && (r[0] == "Báo Hải Dương" || r[0] == "Đài PT-TH") {
			t.Errorf("the charts draw %q", r)
		}
	}
}

// Every source has its row, and every row its cell (law 4).
func TestEverySourceIsThere(t *testing.T) {
	s := official()
	rows, err := reopen(t, s).GetRows(sheetSources)
	if err != nil {
		t.Fatal(err)
	}
	n, cell := 0, slices.Index(rows[sourcesHead-1], "Ô")
	for _, r := range rows[min(len(rows), sourcesTop-1):] {
		if len(r) > cell && r[0] != "" && r[cell] != "" {
			n++
		}
	}
	if n != len(s.Sources) {
		t.Errorf("%d rows for %d sources", n, len(s.Sources))
	}
}

func TestWorkbookNeedsAMoment(t *testing.T) {
	s := sample()
	s.AsOf = time.Time{}
	if _, err := Workbook(s); !errors.Is(err, ErrNoMoment) {
		t.Errorf("got %v, want %v", err, ErrNoMoment)
	}
}

// Summaries that hold hardly anything are written all the same.
func TestEmptySummaries(t *testing.T) {
	for name, build := range map[string]func() *report.Summary{
		"nobody heard": func() *report.Summary {
			b := newBuilder(sampleDefinition(), sampleRegister(), sampleRequest())
			for _, a := range b.Request.Agencies {
				b.Agencies = append(b.Agencies, report.AgencyStatus{Agency: a, State: report.AgencyMissing})
			}
			return b.finish()
		},
		"nobody asked": func() *report.Summary {
			return newBuilder(sampleDefinition(), sampleRegister(), sampleRequest()).finish()
		},
		"nothing asked": func() *report.Summary {
			return newBuilder(&report.Definition{Code: "d", Version: "1"}, sampleRegister(), sampleRequest()).finish()
		},
		"no places, no letter": func() *report.Summary {
			return newBuilder(sampleDefinition(), new(report.Register).Index(), &report.Request{Code: "r"}).finish()
		},
	} {
		t.Run(name, func(t *testing.T) { reopen(t, build()) })
	}
}

// reopen reads the workbook of a summary with another program's eyes.
func reopen(t *testing.T, s *report.Summary) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(mustWorkbook(t, s)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
