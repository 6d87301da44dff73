package ingest

import (
	"errors"
	"slices"
	"testing"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

func TestSubmit(t *testing.T) {
	playAll(t, []story{
		{"a clean upload", `
			syt send A 1=12
			syt submit A
			syt: A=submitted v1=A counts=v1`},
		{"what stands already", `
			syt send A 1=12 submit
			syt submit A
			syt: A=submitted v1=A counts=v1`},
		{"still being read", `
			syt post A 1=12
			syt submit A => W706`},
		{"something must be mended first", `
			syt send A 1=-1
			syt submit A => W705`},
		{"another agency's upload", `
			syt send A 1=12
			sgd submit A => W707`},
		{"a newer version stands", `
			syt send A 1=12 submit
			syt send B 1=13 submit
			syt submit A => W714`},
		{"an older upload that was never submitted, by one's own hand", `
			syt send A 1=12
			syt send B 1=13 submit
			syt submit A
			syt: A=submitted B=superseded v1=B v2=A counts=v2`},
		{"again after it was taken back", `
			syt send A 1=12 submit
			syt withdraw
			syt submit A
			syt: A=submitted v1=A v2=A counts=v2`},
		{"again after it was sent back", `
			syt send A 1=12 submit
			sld return syt 1
			syt submit A
			syt: A=submitted v1=A v2=A counts=v2`},
		{"in a closed request", `
			syt send A 1=12
			sld close
			syt submit A => W703
			sld reopen
			syt submit A
			syt: A=submitted v1=A counts=v1`},
		{"not asked", `hpn submit A => W702`},
	})
}

// TestSubmitNewest: without a name it is the newest upload that was not refused,
// and while one is being checked nobody knows which that is.
func TestSubmitNewest(t *testing.T) {
	for _, test := range []struct{ name, play, code, want string }{
		{"before any upload", ``, "W707", "nothing"},
		{"the newest", `
			syt send A 1=12
			syt send B 1=13`, "", "A=ready B=submitted v1=B counts=v1"},
		{"the newest was refused", `
			syt send A 1=12
			syt send B 1=-1`, "", "A=submitted B=refused v1=A counts=v1"},
		{"all were refused", `
			syt send A 1=-2
			syt send B 1=-1`, "W705", "A=refused B=refused"},
		{"the newest is being checked", `
			syt send A 1=12
			syt post B 1=13`, "W706", "A=ready B=checking"},
		{"what is not refused stands already", `
			syt send A 1=12 submit
			syt send B 1=-1`, "", "A=submitted B=refused v1=A counts=v1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice(t)
			o.play(test.play)
			if got := codes(o.desk.Submit(t.Context(), clerk("syt"), "ky-1", "syt", "", nil)); got != test.code {
				t.Errorf("got %q, want %q", got, test.code)
			}
			if got := o.sketch("syt"); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// TestExplanations: the code of a rule's finding is that of the rule's kind, so
// one explanation may answer one cell, or all of its code.
func TestExplanations(t *testing.T) {
	playAll(t, []story{
		{"none given", `
			syt send A 1=120
			syt submit A => W708`},
		{"too short", `
			syt send A 1=120
			syt submit A R402=đúng_vậy => W709`},
		{"blanks only", `
			syt send A 1=120
			syt submit A R402=______________ => W709`},
		{"blanks between do not count", `
			syt send A 1=120
			syt submit A R402=a_________b => W709`},
		{"long enough", `
			syt send A 1=120
			syt submit A R402=chiến_dịch_lớn_trong_quý
			syt: A=submitted v1=A counts=v1`},
		{"of another code", `
			syt send A 1=120
			syt submit A R406=chiến_dịch_lớn_trong_quý => W708`},
		{"one for all of its code", `
			syt send A 1=120 2=2000
			syt submit A R402=chiến_dịch_lớn_trong_quý
			syt: A=submitted v1=A counts=v1`},
		{"one of two cells", `
			syt send A 1=120 1@290=130
			syt submit A R402@values/0=chiến_dịch_lớn_trong_quý => W708`},
		{"each cell by itself", `
			syt send A 1=120 1@290=130
			syt submit A R402@values/0=chiến_dịch_lớn_trong_quý R402@values/1=chiến_dịch_lớn_trong_quý
			syt: A=submitted v1=A counts=v1`},
		{"one good and one too short", `
			syt send A 1=120
			syt submit A R402=chiến_dịch_lớn_trong_quý R402=ừ => W709`},
	})
}

func TestWithdraw(t *testing.T) {
	playAll(t, []story{
		{"the version before stands again", `
			syt send A 1=12 submit
			syt send B 1=13 submit
			syt withdraw
			syt: A=submitted B=withdrawn v1=A v2=B counts=v1
			syt withdraw
			syt: A=withdrawn B=withdrawn v1=A v2=B
			syt withdraw => W710`},
		{"nothing was submitted", `
			syt send A 1=12
			syt withdraw => W710`},
		{"with a reason that says nothing", `
			syt send A 1=12 submit
			syt withdraw - => W709
			syt: A=submitted v1=A counts=v1`},
		{"approved: only the coordinator can send it back", `
			syt send A 1=12 submit
			sld approve syt 1
			syt withdraw => W712
			syt: A=approved v1=A counts=v1 official=v1`},
		{"a correction of what was approved", `
			syt send A 1=12 submit
			sld approve syt 1
			syt send B 1=13 submit
			syt: A=superseded B=submitted v1=A v2=B counts=v2 official=v1
			syt withdraw
			syt: A=approved B=withdrawn v1=A v2=B counts=v1 official=v1`},
		{"in a closed request", `
			syt send A 1=12 submit
			sld close
			syt withdraw => W703`},
	})
}

func TestReview(t *testing.T) {
	playAll(t, []story{
		{"approved as it was seen", `
			syt send A 1=12 submit
			syt: A=submitted v1=A counts=v1
			sld approve syt 1
			sld approve syt 1
			syt: A=approved v1=A counts=v1 official=v1`},
		{"approved unseen: a newer version came while the old one was read", `
			syt send A 1=12 submit
			syt send B 1=13 submit
			sld approve syt 1 => W714
			sld approve syt 3 => W713
			sld approve syt -1 => W713
			sld approve syt 2
			syt: A=superseded B=approved v1=A v2=B counts=v2 official=v2`},
		{"whichever stands", `
			syt send A 1=12 submit
			sld approve syt 0
			syt: A=approved v1=A counts=v1 official=v1`},
		{"nothing was submitted", `
			sld approve syt 1 => W711
			syt send A 1=12
			sld approve syt 1 => W711
			sld return syt 1 => W711`},
		{"sent back: neither it nor those before it count", `
			syt send A 1=12 submit
			syt send B 1=13 submit
			sld return syt 2
			syt: A=superseded B=returned v1=A v2=B
			syt send C 1=14 submit
			syt: A=superseded B=returned C=submitted v1=A v2=B v3=C counts=v3`},
		{"sent back although approved", `
			syt send A 1=12 submit
			sld approve syt 1
			sld return syt 1
			syt: A=returned v1=A`},
		{"sent back without a reason", `
			syt send A 1=12 submit
			sld return syt 1 ? => W709`},
		{"sent back, and the version after it taken back: those before it do not rise again", `
			syt send A 1=12 submit
			sld return syt 1
			syt send B 1=13 submit
			syt withdraw
			syt: A=returned B=withdrawn v1=A v2=B`},
		{"in a closed request", `
			syt send A 1=12 submit
			sld close
			sld approve syt 1 => W703
			sld return syt 1 => W703
			sld adjust syt 1 1@288=13 => W703`},
	})
}

func TestCloseAndReopen(t *testing.T) {
	playAll(t, []story{
		{"closing twice, reopening once", `
			sld close
			sld close
			sld reopen
			sld reopen => W704`},
		{"reopening asks for a reason", `
			sld close
			sld reopen vì => W709
			syt send A 1=12 => W703`},
		{"what was submitted before stands", `
			syt send A 1=12 submit
			sld close
			syt: A=submitted v1=A counts=v1`},
	})
	o := newOffice(t)
	if err := o.desk.Close(t.Context(), coordinator, "ky-9", ""); !errors.Is(err, fault.RequestUnknown) {
		t.Errorf("unknown request: got %v", err)
	}
}

// TestHeld: a submission that another process wrote while the request was closed
// is kept and does not count, and the agency can submit it again afterwards.
func TestHeld(t *testing.T) {
	for name, again := range map[string]string{"by hand": "syt submit A", "by sending it again": "syt send A submit"} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.play(`
				syt send A 1=12
				sld close`)
			_, last, err := o.journal.Load(t.Context(), report.ReturnKey("ky-1", "syt"))
			o.must(nil, err)
			seq, err := o.journal.Append(t.Context(), report.ReturnKey("ky-1", "syt"), last, &report.Event{
				Key: report.ReturnKey("ky-1", "syt"), At: o.clock.Now(), Actor: clerk("syt"),
				Body: &report.Submitted{Version: 1, Upload: o.upload("syt", "A")},
			})
			o.must(nil, err)
			o.must(nil, o.books.Reached(t.Context(), seq))
			o.play(`
				syt: A=held v1=A
				sld reopen
				` + again + `
				syt: A=submitted v1=A v2=A counts=v2`)
		})
	}
}

func TestAdjust(t *testing.T) {
	playAll(t, []story{
		{"a figure of a district", `
			syt send A 1=12 submit
			sld adjust syt 1 1@288=13`},
		{"a place that was left out", `
			syt send A 1=12 submit
			sld adjust syt 1 1@290=13`},
		{"what is asked once, without saying where", `
			syt send A 1=12 submit
			sld adjust syt 1 5=13`},
		{"unknown indicator", `
			syt send A 1=12 submit
			sld adjust syt 1 9@288=13 => W717`},
		{"unknown place", `
			syt send A 1=12 submit
			sld adjust syt 1 1@999=13 => W717`},
		{"the province, of which the districts are part", `
			syt send A 1=12 submit
			sld adjust syt 1 1@30=13 => W717
			sld adjust syt 1 1@30T=13 => W717`},
		{"another agency's figure", `
			syt send A 1=12 submit
			sld adjust syt 1 1@288/sgd=13 => W717`},
		{"of one who is not asked for it", `
			sgd send A 1=12 submit
			sld adjust sgd 1 5=13 => W717`},
		{"a ratio follows from its parts", `
			syt send A 1=12 submit
			sld adjust syt 1 3@288=13 => W717`},
		{"words", `
			syt send A 1=12 submit
			sld adjust syt 1 4=13 => W717`},
		{"a fraction of a whole number", `
			syt send A 1=12 submit
			sld adjust syt 1 1@288=13.5 => V302`},
		{"too many decimals", `
			syt send A 1=12 submit
			sld adjust syt 1 2@288=13.555 => V306
			sld adjust syt 1 2@288=13.55`},
		{"below nothing", `
			syt send A 1=12 submit
			sld adjust syt 1 1@288=-1 => V303`},
		{"one cell twice in one go", `
			syt send A 1=12 submit
			sld adjust syt 1 1@288=13,1@288=14 => W717
			sld adjust syt 1 1@288=13,1@288=13`},
		{"with a reason that says nothing", `
			syt send A 1=12 submit
			sld adjust syt 1 1@288=13 ? => W709`},
		{"of a version that stands no longer", `
			syt send A 1=12 submit
			syt send B 1=13 submit
			sld adjust syt 1 1@288=13 => W714`},
		{"nothing to adjust", `
			sld adjust syt 0 1@288=13 => W711`},
	})
}

// TestAdjustKeepsTheOriginal: the original stays beside what was set, and the
// next version is the agency's own word again.
func TestAdjustKeepsTheOriginal(t *testing.T) {
	o := newOffice(t)
	o.play(`
		syt send A 1=12 submit
		sld adjust syt 1 1@288=13,1@290=4
		sld adjust syt 1 1@288=14`)
	want := []struct {
		place, old, set string
	}{{"288", "12", "13"}, {"290", "", "4"}, {"288", "13", "14"}}
	o.books.Read(func(l *report.Ledger) {
		s := l.Request("ky-1").Returns()["syt"].Standing
		for _, w := range want {
			if !slices.ContainsFunc(s.Adjustments, func(a report.Adjustment) bool {
				old := ""
				if a.Old != nil {
					old = a.Old.String()
				}
				return a.Place == w.place && old == w.old && a.New.String() == w.set && a.Unit == "syt" && a.Reason == longReason
			}) {
				t.Errorf("no adjustment of %s from %q to %s", w.place, w.old, w.set)
			}
		}
		if len(s.Adjustments) != len(want) {
			t.Errorf("got %d adjustments, want %d", len(s.Adjustments), len(want))
		}
		if got := figureOf(s, "288"); got != "14" {
			t.Errorf("it counts %s, want 14", got)
		}
		if got := s.Draft.Facts.Value(0).String(); got != "12" {
			t.Errorf("the draft says %s, want 12", got)
		}
	})
	o.play(`syt send B 1=20 submit`)
	o.books.Read(func(l *report.Ledger) {
		if got := figureOf(l.Request("ky-1").Returns()["syt"].Standing, "288"); got != "20" {
			t.Errorf("the next version counts %s, want 20", got)
		}
	})
}

// figureOf gives indicator 1 at a place as it counts.
func figureOf(s *report.Submission, place string) string {
	sum := decimal.Decimal{}
	for _, f := range s.Figures().All() {
		if f.Indicator == "1" && f.Place == place {
			sum, _ = sum.Add(f.Value.Num) // small numbers
		}
	}
	return sum.String()
}

// TestAdjustUnits: a figure of a list is set at the unit's own place.
func TestAdjustUnits(t *testing.T) {
	reg := officeRegister()
	reg.Agencies = append(reg.Agencies, report.Agency{Code: "bv", Parent: "syt", Place: "290"})
	def := officeDefinition()
	def.Indicators = append(def.Indicators, report.Indicator{Code: "6", Type: report.TypeInt, By: report.ByUnit})
	p := newPlan(def, officeRequest(), reg.Index(), "syt")
	tests := []struct {
		name string
		f    Figure
		want string // place, or the code of the fault
	}{
		{"a unit, its place left out", Figure{Unit: "bv", Indicator: "6"}, "290"},
		{"a unit at its place", Figure{Unit: "bv", Place: "290", Indicator: "6"}, "290"},
		{"a unit at another place", Figure{Unit: "bv", Place: "288", Indicator: "6"}, "W717"},
		{"a unit of another agency", Figure{Unit: "sgd", Indicator: "6"}, "W717"},
		{"a unit, of what is asked of the agency", Figure{Unit: "bv", Indicator: "5"}, "W717"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b, err := adjustment(p, "", report.Facts{}, test.f)
			got := codes(err)
			if err == nil {
				got = b.Place
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// TestWithdrawOnce: a withdrawal that is sent twice takes back the version that
// was seen, and not the one before it as well.
func TestWithdrawOnce(t *testing.T) {
	o := newOffice(t)
	o.play(`
		syt send A 1=12 submit
		syt send B 1=13 submit`)
	for try, want := range []string{"", "W713"} {
		version, err := o.desk.Withdraw(t.Context(), clerk("syt"), "ky-1", "syt", 2, longReason)
		if err == nil && version != 2 {
			t.Errorf("version %d was taken back, want 2", version)
		}
		if got := codes(err); got != want {
			t.Errorf("try %d: got %q, want %q", try+1, got, want)
		}
	}
}
