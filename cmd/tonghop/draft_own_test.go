package main

import (
	"testing"

	"tonghop/ingest"
	"tonghop/ingest/outline/outlinetest"
	"tonghop/report"
	"tonghop/report/fault"
)

// TestDrawnFormsAreReadByTheirDraft drafts workbooks drawn at random and reads each by
// what was drafted of it. Totals that do not close are drawn on purpose, and people of
// one name cannot be told apart; nearly all others must be ready as they are.
func TestDrawnFormsAreReadByTheirDraft(t *testing.T) {
	const first, seeds, most = 700_000, 120, 12 // refused for other reasons, of a hundred
	meant := map[fault.Code]bool{fault.SumDiffers: true, fault.PartAboveWhole: true, fault.TotalRowDiffers: true, fault.NameAmbiguous: true}
	read, refused := 0, map[fault.Code]int{}
	for seed := uint64(first); seed < first+seeds; seed++ {
		w := outlinetest.Generate(seed)
		env := accepted(t, drafted(t, copyOf{w.Name, w.Body}))
		env.Agency = env.Request.Agencies[0]
		out := ingest.Read(ingest.Upload{ID: "1", Name: w.Name, Via: report.ViaWorkbook, Body: w.Body}, env)
		read++
		for _, f := range out.Draft.Findings {
			if out.Outcome != report.Ready && f.Severity == fault.Error && !meant[f.Code] {
				refused[f.Code]++
				break
			}
		}
	}
	n := 0
	for _, k := range refused {
		n += k
	}
	if n*100 > most*read {
		t.Errorf("%d of %d are refused: %v", n, read, refused)
	}
}
