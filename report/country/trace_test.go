package country

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"tonghop/report/calendar"
)

func traced(u *Unit, on string, key Key) string {
	var out []string
	for _, p := range u.Trace(day(on), key) {
		text := p.Unit.Code + " " + p.Unit.FullName()
		if p.Share.Cmp(big.NewRat(1, 1)) != 0 {
			text += " " + p.Share.RatString()
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

// TestTrace: a unit stays, is merged, is renamed, or is divided; the other way round, too.
func TestTrace(t *testing.T) {
	old, now := On(day("2025-06-30")), On(day("2025-07-01"))
	for _, tt := range []struct {
		unit     *Unit
		on, want string
	}{
		{old.Unit("30"), "2025-06-30", "30 Tỉnh Hải Dương"},
		{old.Unit("30"), "2025-07-01", "31 Thành phố Hải Phòng"},
		{old.Unit("15"), "2026-01-01", "15 Tỉnh Lào Cai"},
		{On(day("2008-07-31")).Unit("28"), "2026-01-01", "01 Thành phố Hà Nội"}, // Hà Tây
		{now.Unit("31"), "2025-06-30", "30 Tỉnh Hải Dương 1/2, 31 Thành phố Hải Phòng 1/2"},
		{now.Unit("75"), "2026-04-30", "75 Thành phố Đồng Nai"},
	} {
		if got := traced(tt.unit, tt.on, Equally); got != tt.want {
			t.Errorf("%s on %s is %s, want %s", tt.unit.FullName(), tt.on, got, tt.want)
		}
	}
	district := old.Unit("288")
	sum := new(big.Rat)
	for _, p := range district.Trace(day("2025-07-01"), Equally) {
		if p.Unit.Level != Commune || p.Unit.Province != "31" {
			t.Errorf("a district lies in %s", p.Unit.FullName())
		}
		sum.Add(sum, p.Share)
	}
	if sum.Cmp(big.NewRat(1, 1)) != 0 {
		t.Errorf("the parts of a district are %s of it", sum.RatString())
	}
}

// TestTraceKey: weights decide; a unit of no weight is there, with nothing.
func TestTraceKey(t *testing.T) {
	now := On(day("2025-07-01")).Unit("31")
	weigh := func(_ *Unit, among []*Unit) []*big.Rat {
		out := Equally(nil, among)
		out[0] = big.NewRat(3, 1)
		return out
	}
	if got := traced(now, "2025-06-30", weigh); got != "30 Tỉnh Hải Dương 3/4, 31 Thành phố Hải Phòng 1/4" {
		t.Error(got)
	}
	weigh = func(_ *Unit, among []*Unit) []*big.Rat {
		out := Equally(nil, among)
		out[0] = new(big.Rat)
		return out
	}
	if got := traced(now, "2025-06-30", weigh); got != "30 Tỉnh Hải Dương 0, 31 Thành phố Hải Phòng" {
		t.Error(got)
	}
}

// TestTraceConserves: traced from any map to any other, the parts of every unit live on
// the day and add up to the unit, and a commune lies in communes, or in a district of
// islands that had none.
func TestTraceConserves(t *testing.T) {
	one := big.NewRat(1, 1)
	for _, from := range Maps() {
		day := from.Until
		for _, to := range Maps() {
			wrong := 0
			for _, u := range Units() {
				if !u.Lives(day) {
					continue
				}
				if err := conserves(u, to.Until, one); err != nil && wrong < 5 {
					wrong++
					t.Errorf("from %v to %v: %v", day, to.Until, err)
				}
			}
		}
	}
}

func conserves(u *Unit, on calendar.Date, one *big.Rat) error {
	sum := new(big.Rat)
	for _, p := range u.Trace(on, Equally) {
		sum.Add(sum, p.Share)
		if !p.Unit.Lives(on) {
			return fmt.Errorf("%s %s lies in %s, which is not there", u.Code, u.FullName(), p.Unit.FullName())
		}
		if u.Level == Commune && p.Unit.Level != Commune && len(On(on).Children(p.Unit.Code)) > 0 || u.Level == Province && p.Unit.Level != Province {
			return fmt.Errorf("%s %s lies in %s", u.Code, u.FullName(), p.Unit.FullName())
		}
	}
	if sum.Cmp(one) != 0 {
		return fmt.Errorf("the parts of %s %s are %s of it", u.Code, u.FullName(), sum.RatString())
	}
	return nil
}
