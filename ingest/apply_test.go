package ingest

import (
	"errors"
	"reflect"
	"testing"

	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/fault"
)

func TestApplyDefinition(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	changed, next := officeDefinition(), officeDefinition()
	changed.Indicators[0].Unit = "buổi"
	next.Version, next.Indicators[0].Unit = "2", "buổi"
	steps := []struct {
		name    string
		def     *report.Definition
		want    fault.Code
		changed bool
	}{
		{"the same again", officeDefinition(), "", false},
		{"other content under the same version", changed, fault.VersionTaken, false},
		{"another version", next, "", true},
		{"that one again", next, "", false},
	}
	for _, s := range steps {
		t.Run(s.name, func(t *testing.T) {
			got, err := o.desk.ApplyDefinition(ctx, coordinator, s.def)
			if codes(err) != string(s.want) {
				t.Fatalf("got %v, want %q", err, s.want)
			}
			if err == nil && *got != (Applied{report.KindDefinition, "bieu", s.def.Version, s.changed}) {
				t.Errorf("got %+v", *got)
			}
		})
	}
}

func TestApplyRegister(t *testing.T) {
	o := newOffice(t)
	changed := officeRegister()
	changed.Agencies[0].Short = "SYT"
	if got, err := o.desk.ApplyRegister(t.Context(), coordinator, officeRegister()); err != nil || got.Changed {
		t.Errorf("the same again: got %+v, %v", got, err)
	}
	if _, err := o.desk.ApplyRegister(t.Context(), coordinator, changed); !errors.Is(err, fault.VersionTaken) {
		t.Errorf("other content under the same version: got %v", err)
	}
	changed.Version = "2"
	got, err := o.desk.ApplyRegister(t.Context(), coordinator, changed)
	if err != nil || *got != (Applied{report.KindRegister, "tinh", "2", true}) {
		t.Errorf("another version: got %+v, %v", got, err)
	}
}

func TestApplyRequest(t *testing.T) {
	o := newOffice(t)
	longer := officeRequest()
	longer.Agencies = append(longer.Agencies, "hpn")
	steps := []struct {
		name    string
		req     *report.Request
		version string
		changed bool
	}{
		{"the same again", officeRequest(), "1", false},
		{"one more agency", longer, "2", true},
		{"that again", longer, "2", false},
		{"as it was at first", officeRequest(), "3", true},
	}
	for _, s := range steps {
		t.Run(s.name, func(t *testing.T) {
			got, err := o.desk.ApplyRequest(t.Context(), coordinator, s.req)
			if err != nil || *got != (Applied{report.KindRequest, "ky-1", s.version, s.changed}) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestApplyRequestNamesWhatIsKnown(t *testing.T) {
	o := newOffice(t)
	tests := []struct {
		name   string
		change func(r *report.Request)
		want   []fault.Code
	}{
		{"definition", func(r *report.Request) { r.Version = "9" }, []fault.Code{fault.DefinitionUnknown}},
		{"register", func(r *report.Request) { r.Registered = "9" }, []fault.Code{fault.RegisterUnknown}},
		{"agencies, all at once", func(r *report.Request) { r.Agencies = []string{"x", "syt", "y"} }, []fault.Code{fault.AgencyUnlisted, fault.AgencyUnlisted}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			req := officeRequest()
			test.change(req)
			_, err := o.desk.ApplyRequest(t.Context(), coordinator, req)
			var list fault.List
			var one fault.Fault
			if errors.As(err, &one) && !errors.As(err, &list) {
				list = fault.List{one}
			}
			var got []fault.Code
			for _, f := range list {
				got = append(got, f.Code)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

// TestAppliedAfterItsBytes: a document that went through the journal's bytes is
// still the same document. Empty lists and blanks must not make it another.
func TestAppliedAfterItsBytes(t *testing.T) {
	env := example(t)
	for _, body := range []report.Body{
		&report.DefinitionApplied{Definition: officeDefinition()}, &report.DefinitionApplied{Definition: env.Definition},
		&report.RegisterApplied{Register: officeRegister()}, &report.RegisterApplied{Register: env.Register},
		&report.RequestApplied{Revision: 1, Request: officeRequest()}, &report.RequestApplied{Revision: 1, Request: env.Request},
	} {
		e := &report.Event{Key: report.RequestKey("x"), At: newOffice(t).clock.Now(), Actor: admin, Body: body}
		b, err := codec.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := codec.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if !sameJSON(body, back.Body) {
			t.Errorf("%s is another after its bytes", body.Kind())
		}
	}
}
