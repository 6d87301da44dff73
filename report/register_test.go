package report

import (
	"testing"

	"tonghop/report/calendar"
)

// TestWith: a register takes what it does not know from others, behind its own and without
// days; with nothing to take it is itself.
func TestWith(t *testing.T) {
	days := func(code string) Agency {
		return Agency{Code: code, From: calendar.MustDate("2020-01-01"), Until: calendar.MustDate("2021-01-01")}
	}
	one := (&Register{Code: "r", Version: "2", Agencies: []Agency{days("a")}, Places: []Place{{Code: "1", Name: Text{VI: "mới"}}}}).Index()
	two := (&Register{Code: "r", Version: "1", Agencies: []Agency{days("b"), days("a")}, Places: []Place{{Code: "2", Until: calendar.MustDate("2021-01-01")}, {Code: "1", Name: Text{VI: "cũ"}}}}).Index()
	got := one.With(two)
	if len(got.Agencies) != 2 || len(got.Places) != 2 || got.PlaceName("1") != "mới" || got.Version != "2" {
		t.Fatalf("%+v", got)
	}
	if b := got.Agency("b"); !b.From.IsZero() || !b.Until.IsZero() || got.Agency("a").From.IsZero() || !got.Place("2").Until.IsZero() {
		t.Errorf("%+v", got)
	}
	if rank, known := got.PlaceRank("2"); !known || rank != 1 {
		t.Errorf("rank %d, %v", rank, known)
	}
	if len(one.Places) != 1 || one.Place("2") != nil {
		t.Error("the register itself has changed")
	}
	if one.With(one) != one || one.With() != one {
		t.Error("with nothing to take it is another")
	}
}
