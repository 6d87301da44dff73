package ingest

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

func TestReceive(t *testing.T) {
	playAll(t, []story{
		{"clean and to be submitted: in one go", `
			syt send A 1=12 submit
			syt: A=submitted v1=A counts=v1`},
		{"clean, and nobody asked for more: it waits", `
			syt post A 1=12
			syt: A=checking
			syt work
			syt: A=ready`},
		{"to be submitted, but something must be explained: it waits", `
			syt send A 1=120 submit
			syt: A=ready`},
		{"refused, whatever was asked", `
			syt send A 1=-1 submit
			syt: A=refused`},
		{"not even a form", `
			syt send A 1=12 9=x submit
			syt: A=refused`},
		{"a correction is the next version", `
			syt send A 1=12 submit
			syt send B 1=13 submit
			syt send C 1=14 submit
			syt: A=superseded B=superseded C=submitted v1=A v2=B v3=C counts=v3`},
		{"a correction that must be mended leaves what stands", `
			syt send A 1=12 submit
			syt send B 1=-1 submit
			syt: A=submitted B=refused v1=A counts=v1`},
		{"the same bytes again have one effect", `
			syt send A 1=12 submit
			syt send A submit
			syt post A
			syt: A=submitted v1=A counts=v1`},
		{"the same bytes again before they were read", `
			syt post A 1=12 submit
			syt post A submit
			syt work
			syt: A=submitted v1=A counts=v1`},
		{"the same bytes again after they were corrected: an old letter changes nothing", `
			syt send A 1=12 submit
			syt send B 1=13 submit
			syt send A submit
			syt: A=superseded B=submitted v1=A v2=B counts=v2`},
		{"the same bytes of two agencies are two reports", `
			syt send A 1=12 submit
			sgd send A submit
			syt: A=submitted v1=A counts=v1
			sgd: A=submitted v1=A counts=v1`},
		{"the same bytes, now to be submitted", `
			syt send A 1=12
			syt send A submit
			syt: A=submitted v1=A counts=v1`},
		{"the same bytes, now to be submitted, while they are being read", `
			syt post A 1=12
			syt post A submit
			syt work
			syt: A=submitted v1=A counts=v1`},
		{"the same bytes after they were taken back", `
			syt send A 1=12 submit
			syt withdraw
			syt: A=withdrawn v1=A
			syt send A submit
			syt: A=submitted v1=A v2=A counts=v2`},
		{"the same bytes, merely shown, after they were taken back", `
			syt send A 1=12 submit
			syt withdraw
			syt send A
			syt: A=withdrawn v1=A`},
		{"an earlier upload that is read later does not replace its correction", `
			syt post A 1=12 submit
			syt post B 1=13
			syt submit B => W706
			syt work
			syt: A=submitted B=ready v1=A counts=v1`},
		{"an agency that is not asked", `hpn send A 1=12 => W702`},
		{"closed", `
			syt send A 1=12 submit
			sld close
			syt send B 1=13 submit => W703
			syt: A=submitted v1=A counts=v1`},
		{"closed, but this one had come: its receipt may have been lost on its way", `
			syt send A 1=12 submit
			sld close
			syt send A submit
			syt: A=submitted v1=A counts=v1`},
		{"closed before it was read: nothing is submitted, nothing is lost", `
			syt post A 1=12 submit
			sld close
			syt work
			syt: A=ready
			sld reopen
			syt send A submit
			syt: A=submitted v1=A counts=v1`},
	})
}

func TestIdempotencyKey(t *testing.T) {
	playAll(t, []story{
		{"the same key and bytes: one effect", `
			syt send A 1=12 submit key=k
			syt send A submit key=k
			syt: A=submitted v1=A counts=v1`},
		{"the same key and other bytes", `
			syt send A 1=12 submit key=k
			syt send B 1=13 submit key=k => A807
			syt: A=submitted v1=A counts=v1`},
		{"another agency's key is another key", `
			syt send A 1=12 submit key=k
			sgd send B 1=13 submit key=k
			sgd: B=submitted v1=B counts=v1`},
		{"a repeated sending does not submit what was taken back", `
			syt send A 1=12 submit key=k
			syt withdraw
			syt send A submit key=k
			syt: A=withdrawn v1=A`},
		{"nor does the repetition of a second sending", `
			syt send A 1=12 submit key=k
			syt withdraw
			syt send A submit key=l
			syt: A=submitted v1=A v2=A counts=v2
			syt withdraw
			syt send A submit key=l
			syt: A=withdrawn v1=A v2=A
			syt send B 1=13 key=l => A807`},
		{"a new key asks anew", `
			syt send A 1=12 key=k
			syt send A submit key=l
			syt: A=submitted v1=A counts=v1`},
	})
}

func TestReceipt(t *testing.T) {
	o := newOffice(t)
	in := Incoming{Request: "ky-1", Agency: "syt", Name: "bao-cao.json", Media: "application/json", Via: report.ViaForm, Body: form("1=12"), Submit: true, Note: "gửi lại"}
	first, err := o.desk.Receive(t.Context(), clerk("syt"), in)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := o.files.Get(t.Context(), first.SHA256); err != nil || string(kept) != string(in.Body) {
		t.Errorf("bytes kept: %q, %v", kept, err)
	}
	if first.Number != "ky-1/syt/1" || first.Upload != report.UploadID("ky-1", "syt", first.SHA256) || first.Again ||
		first.State != report.StateChecking || first.Size != int64(len(in.Body)) || first.Name != in.Name || first.ReceivedAt.IsZero() {
		t.Errorf("first receipt: %+v", first)
	}
	o.workOff()
	o.clock.Move(1e9)
	second, err := o.desk.Receive(t.Context(), clerk("syt"), in)
	if err != nil {
		t.Fatal(err)
	}
	want := *first
	want.Again, want.State = true, report.StateSubmitted
	if *second != want {
		t.Errorf("second receipt:\n got %+v\nwant %+v", *second, want)
	}
}

// TestReceiptOfWhatWasRead: what waited to be submitted, or was taken back, is
// submitted together with its receipt. What has to be read again says so until
// it was.
func TestReceiptOfWhatWasRead(t *testing.T) {
	tests := []struct {
		name, before string
		receipt      report.UploadState
		at, after    string // where it stands with the receipt, and once all work is done
	}{
		{"held back", `syt send A 1=12`, report.StateSubmitted, "A=submitted v1=A counts=v1", "A=submitted v1=A counts=v1"},
		{"taken back", "syt send A 1=12 submit\nsyt withdraw", report.StateSubmitted, "A=submitted v1=A v2=A counts=v2", "A=submitted v1=A v2=A counts=v2"},
		{"refused", `syt send A 9=12`, report.StateRefused, "A=refused", "A=refused"},
		{"sent back", "syt send A 1=12 submit\nsld return syt 1", report.StateReturned, "A=returned v1=A", "A=returned v1=A"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice(t)
			o.play(test.before)
			o.clock.Move(time.Second)
			r, err := o.desk.Receive(t.Context(), clerk("syt"), o.incoming("syt", []string{"A", "submit"}))
			if err != nil {
				t.Fatal(err)
			}
			if got := o.sketch("syt"); r.State != test.receipt || got != test.at {
				t.Errorf("the receipt says %s, and it is %s; want %s and %s", r.State, got, test.receipt, test.at)
			}
			o.workOff()
			if got := o.sketch("syt"); got != test.after {
				t.Errorf("in the end %s, want %s", got, test.after)
			}
		})
	}
}

// TestReceiveAtOnce: the same bytes sixteen times at once, while it is read,
// withdrawn, superseded.
func TestReceiveAtOnce(t *testing.T) {
	tests := []struct {
		name, before, after string
		received            int // receipts in the journal afterwards
	}{
		{"new", ``, "A=submitted v1=A counts=v1", 1},
		{"known", `syt send A 1=12 submit`, "A=submitted v1=A counts=v1", 1},
		{"superseded", "syt send A 1=12 submit\nsyt send B 1=13 submit", "A=superseded B=submitted v1=A v2=B counts=v2", 2},
		{"taken back", "syt send A 1=12 submit\nsyt withdraw", "A=submitted v1=A v2=A counts=v2", 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice(t)
			o.play(test.before)
			o.bodies["A"] = form("1=12")
			in := o.incoming("syt", []string{"A", "submit"})
			var senders sync.WaitGroup
			for range 16 {
				senders.Go(func() {
					if _, err := o.desk.Receive(t.Context(), clerk("syt"), in); err != nil {
						t.Error(err)
					}
				})
			}
			senders.Wait()
			o.workOff()
			if got := o.sketch("syt"); got != test.after {
				t.Errorf("got %s, want %s", got, test.after)
			}
			if got := o.events(report.KindReceived); got != test.received {
				t.Errorf("%d receipts in the journal, want %d", got, test.received)
			}
		})
	}
}

func TestReceiveRefuses(t *testing.T) {
	o := newOffice(t)
	o.desk.MaxBody = 1 << 20
	tests := []struct {
		name string
		in   Incoming
		want fault.Code
	}{
		{"unknown request", Incoming{Request: "ky-9", Agency: "syt"}, fault.RequestUnknown},
		{"too large", Incoming{Request: "ky-1", Agency: "syt", Body: []byte(strings.Repeat("x", 1<<20+1))}, fault.BodyTooLarge},
		{"not asked", Incoming{Request: "ky-1", Agency: "hpn"}, fault.AgencyNotAsked},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := o.desk.Receive(t.Context(), coordinator, test.in); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
	if o.files.Len() != 0 || o.events(report.KindReceived) != 0 {
		t.Error("what was refused left something behind")
	}
}

// TestReadByAnotherDefinition: what was refused by one version of the form may be
// lawful by the next. The same bytes, sent again after the request has changed,
// are read again, once; what was submitted stays as it was read.
func TestReadByAnotherDefinition(t *testing.T) {
	o := newOffice(t)
	o.play(`
		sgd send B 1=7 submit
		syt send A 1=12 6=3 submit
		syt: A=refused
		syt send A 1=12 6=3 submit
		syt: A=refused`)
	def, req := officeDefinition(), officeRequest()
	def.Version, req.Version = "2", "2"
	def.Indicators = append(def.Indicators, report.Indicator{Code: "6", Name: report.Text{VI: "Số lượt"}, Type: report.TypeInt, By: report.ByPlace})
	def.Sheets[0].Indicators = append(def.Sheets[0].Indicators, "6")
	o.must(o.desk.ApplyDefinition(t.Context(), coordinator, def))
	o.must(o.desk.ApplyRequest(t.Context(), coordinator, req))
	checks := o.events(report.KindChecked)
	o.play(`
		syt: A=refused
		clock 1m
		syt send A 1=12 6=3 submit
		syt: A=submitted v1=A counts=v1
		clock 1m
		syt send A 1=12 6=3 submit
		sgd send B 1=7 submit
		sgd: B=submitted v1=B counts=v1`)
	if n := o.events(report.KindChecked) - checks; n != 1 {
		t.Errorf("%d readings after the change, want 1", n)
	}
}
