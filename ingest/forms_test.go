package ingest

import (
	"reflect"
	"sync"
	"testing"

	"tonghop/report"
)

// TestForms: what is kept changes nothing in what is read, for agencies that take
// turns and for many at a time.
func TestForms(t *testing.T) {
	env := example(t)
	var forms Forms
	var all sync.WaitGroup
	for _, agency := range []string{env.Agency, env.Request.Agencies[0], env.Request.Agencies[1]} {
		env := env
		env.Agency = agency
		up := Upload{Body: templateOf(t, env, TemplateOptions{Values: everyFigure(env)})}
		want := Read(up, env)
		env.Forms = &forms
		for range 2 {
			all.Go(func() {
				if got := Read(up, env); !reflect.DeepEqual(got, want) {
					t.Errorf("%s: read otherwise by a form that is kept", agency)
				}
			})
		}
	}
	all.Wait()
	if n := len(forms.kept); n != 1 {
		t.Errorf("%d plans of one form", n)
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
