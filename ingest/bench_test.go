package ingest

import (
	"testing"

	"tonghop/report"
)

// BenchmarkRead reads the filled template of the Hải Dương letter: four sheets,
// 13 places, 42 indicators.
func BenchmarkRead(b *testing.B) {
	env := example(b)
	body := templateOf(b, env, TemplateOptions{Values: everyFigure(env)})
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if got := Read(Upload{Body: body}, env); got.Outcome != report.Ready {
			b.Fatal(got.Draft.Findings)
		}
	}
}

// BenchmarkReadOffice reads a table of an office's own by its words, after others
// that answer the same letter.
func BenchmarkReadOffice(b *testing.B) {
	env, body := officeEnv(), officePaper(b)
	env.Forms = &Forms{}
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if got := Read(Upload{Body: body}, env); got.Outcome != report.Ready {
			b.Fatal(got.Draft.Findings)
		}
	}
}

// BenchmarkTemplate draws the template.
func BenchmarkTemplate(b *testing.B) {
	env := example(b)
	values := everyFigure(env)
	b.ReportAllocs()
	for b.Loop() {
		templateOf(b, env, TemplateOptions{Values: values})
	}
}

// everyFigure answers every question with nothing.
func everyFigure(env Env) map[Spot]report.Value {
	p := newPlan(env.Definition, env.Request, env.Register, env.Agency)
	values := map[Spot]report.Value{}
	for i := range p.sheets {
		for _, ind := range p.sheets[i].indicators {
			for _, spot := range spotsOn(p, &p.sheets[i], ind) {
				switch {
				case !ind.Asks(env.Agency) || derived(ind):
				case ind.Type == report.TypeBool:
					values[spot] = report.BoolOf(true)
				case ind.Type == report.TypeText:
					values[spot] = report.TextOf("Đã tổ chức đúng kế hoạch.")
				default:
					values[spot] = report.Value{Kind: report.Number}
				}
			}
		}
	}
	return values
}
