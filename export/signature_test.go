package export

import (
	"slices"
	"testing"

	"tonghop/report"
)

// A request that names neither signer nor receivers still gives a document that
// can be signed and sent.
func TestSignatureIsLeftToFillIn(t *testing.T) {
	s := sample()
	s.Request.Signature, s.Request.Receivers = report.Signature{}, nil
	var texts []string
	rows, err := reopen(t, s).GetRows(sheetTotals + " (" + Provisional + ")")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		texts = append(texts, row...)
	}
	for _, want := range []string{"Nơi nhận:", "- Như trên;", blankDots} {
		if !slices.Contains(texts, want) {
			t.Errorf("the first sheet has no %q", want)
		}
	}
}
