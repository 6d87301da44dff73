package fault

import "testing"

func TestParameter(t *testing.T) {
	for _, c := range []struct {
		name, got string
		want      Code
		vi, en    string
	}{
		{"missing", "", ParameterMissing, "Không có tham số “level”, cần cấp địa bàn.", "The parameter “level” is missing; expected: a level of places."},
		{"wrong", "xã", ParameterWrong, "Tham số “level” đang là “xã”, cần cấp địa bàn.", "The parameter “level” is “xã”; expected: a level of places."},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := Parameter("level", c.got, "cấp địa bàn", "a level of places")
			if f.Code != c.want || f.VI() != c.vi || f.EN() != c.en {
				t.Errorf("got %s %q, %q", f.Code, f.VI(), f.EN())
			}
		})
	}
}
