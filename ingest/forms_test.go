package ingest

import (
	"iter"
	"reflect"
	"sync"
	"testing"

	"tonghop/report"
)

// TestForms: what is kept changes nothing in what is read, for agencies that take
// turns and for many at a time, by the marks of a form and by the words of a table
// of an office's own.
func TestForms(t *testing.T) {
	var forms Forms
	var all sync.WaitGroup
	read := func(name string, up Upload, env Env) {
		want := Read(up, env)
		if want.Outcome != report.Ready {
			t.Fatalf("%s: %v", name, want.Draft.Findings)
		}
		env.Forms = &forms
		for range 3 {
			all.Go(func() {
				if got := Read(up, env); !reflect.DeepEqual(got, want) {
					t.Errorf("%s: read otherwise by a form that is kept", name)
				}
			})
		}
	}
	env := example(t)
	for _, agency := range env.Request.Agencies[:3] {
		env.Agency = agency
		read(agency, Upload{Body: templateOf(t, env, TemplateOptions{Values: everyFigure(env)})}, env)
	}
	read("own table", Upload{Body: officePaper(t)}, officeEnv())
	list := listEnv()
	for _, agency := range list.Request.Agencies { // each has other units for rows
		list.Agency = agency
		read(agency, Upload{Body: templateOf(t, list, TemplateOptions{Values: everyFigure(list)})}, list)
	}
	all.Wait()
	if n := len(forms.kept); n != 3 {
		t.Errorf("%d plans of three forms", n)
	}
}

// TestReadingsDoNotMeet: one reading ends in the middle of another, and one breaks
// off; what they worked in serves the next, and nothing is read otherwise for it.
func TestReadingsDoNotMeet(t *testing.T) {
	env, own := testEnv(t, "places"), officeEnv()
	env.Definition.Rules = append(env.Definition.Rules, report.Rule{Code: "R9", Check: "[1.01] >= prev([1.01])"})
	up, paper := Upload{Body: templateOf(t, env, TemplateOptions{Values: everyFigure(env)})}, Upload{Body: officePaper(t)}
	inner := Read(paper, own)
	asked := 0
	env.Previous = lookUp(func() { asked++ })
	want := Read(up, env)
	if asked == 0 {
		t.Fatal("the figures of the period before are not asked for")
	}
	for _, tt := range []struct {
		name     string
		previous func()
		broken   bool // nothing is read of the outer one
	}{
		{"one within another", func() {
			if got := Read(paper, own); !reflect.DeepEqual(got, inner) {
				t.Error("the inner one is read otherwise")
			}
		}, false},
		{"one that breaks off", func() { panic("broken") }, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			outer := env
			outer.Previous = lookUp(tt.previous)
			if got := Read(up, outer); reflect.DeepEqual(got, want) == tt.broken {
				t.Errorf("the outer one: %s, %d facts", got.Outcome, got.Draft.Facts.Len())
			}
			if again := Read(up, env); !reflect.DeepEqual(again, want) {
				t.Error("the next one is read otherwise")
			}
		})
	}
}

// listEnv is a form with a row for each unit of the agency that fills it in.
func listEnv() Env {
	reg := &report.Register{Code: "r", Version: "1", Places: []report.Place{{Code: "30", Name: report.Text{VI: "Tỉnh"}, Level: report.LevelProvince}}}
	req := &report.Request{Code: "q", Definition: "d", Version: "1", Register: "r", Registered: "1", Place: "30"}
	for _, agency := range []string{"sgd", "syt"} {
		reg.Agencies = append(reg.Agencies, report.Agency{Code: agency, Name: report.Text{VI: "Sở " + agency}, Place: "30"},
			report.Agency{Code: agency + "-1", Name: report.Text{VI: "Đơn vị " + agency}, Parent: agency, Place: "30"})
		req.Agencies = append(req.Agencies, agency)
	}
	return Env{
		Request: req, Register: reg.Index(),
		Definition: &report.Definition{
			Code: "d", Version: "1", Title: report.Text{VI: "Biểu"},
			Indicators: []report.Indicator{{Code: "1", Name: report.Text{VI: "Số giường"}, Type: report.TypeInt, By: report.ByUnit}},
			Sheets:     []report.Sheet{{Name: "Biểu", Shape: report.UnitList}},
		},
	}
}

// TestFormsAreBounded: the forms used last are kept, and another request is
// another form.
func TestFormsAreBounded(t *testing.T) {
	env := example(t)
	var forms Forms
	first := forms.plan(env.Definition, env.Request, env.Register)
	for range mostForms - 1 {
		other := *env.Request
		if forms.plan(env.Definition, &other, env.Register) == first {
			t.Fatal("another request has the plan of the first")
		}
		if forms.plan(env.Definition, env.Request, env.Register) != first {
			t.Fatal("a form used all the time was let go")
		}
	}
	for range mostForms {
		forms.plan(env.Definition, new(report.Request), env.Register)
	}
	if len(forms.kept) != mostForms || forms.plan(env.Definition, env.Request, env.Register) == first {
		t.Errorf("%d forms are kept, the first among them", len(forms.kept))
	}
}

// TestPlansAreApart: the plan of one agency does not change when another's is made
// of the same form.
func TestPlansAreApart(t *testing.T) {
	env := listEnv()
	common := new(Forms).plan(env.Definition, env.Request, env.Register)
	first := common.of("sgd")
	common.of("syt")
	if units := first.sheets[0].units; len(units) != 1 || units[0].Code != "sgd-1" {
		t.Errorf("the first agency's rows are %v", units)
	}
}

// lookUp is a period before of which nothing is known; it is called whenever it
// is asked.
type lookUp func()

func (f lookUp) Look(string, string, string) report.Value {
	f()
	return report.Value{}
}

func (f lookUp) All() iter.Seq2[int, report.Fact] { return report.Facts{}.All() }
