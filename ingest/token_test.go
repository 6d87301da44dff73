package ingest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

func TestToken(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	if o.desk.HasTokens() {
		t.Error("there are tokens before any was issued")
	}
	expires := o.clock.Now().Add(time.Hour)
	secret, id, err := o.desk.IssueToken(ctx, admin, report.TokenIssued{Role: report.RoleAgency, Agency: "syt", Name: "Sở Y tế", Expires: expires})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(secret, TokenPrefix) || !o.desk.HasTokens() {
		t.Errorf("secret %q, has tokens %v", secret, o.desk.HasTokens())
	}
	want := report.Actor{Role: report.RoleAgency, Agency: "syt", ID: id, Name: "Sở Y tế"}
	if got, err := o.desk.Authenticate(secret); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	for name, wrong := range map[string]string{
		"nothing": "", "another": TokenPrefix + "x", "its identity": id, "cut": secret[:len(secret)-1], "longer": secret + "x",
	} {
		if got, err := o.desk.Authenticate(wrong); !errors.Is(err, fault.Unauthorised) || got != (report.Actor{}) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
	for _, e := range o.all() {
		if b, ok := e.Body.(*report.TokenIssued); ok && (strings.Contains(b.Hash, secret) || b.Hash == "" || e.Actor != admin) {
			t.Errorf("the journal holds %+v", b)
		}
	}
	o.clock.Move(time.Hour - time.Millisecond)
	if _, err := o.desk.Authenticate(secret); err != nil {
		t.Errorf("just before it expires: %v", err)
	}
	o.clock.Move(time.Millisecond)
	if _, err := o.desk.Authenticate(secret); !errors.Is(err, fault.Unauthorised) {
		t.Errorf("when it expires: %v", err)
	}
}

// TestTokenOfUnknownAgency: nothing could be done with it.
func TestTokenOfUnknownAgency(t *testing.T) {
	o := newOffice(t)
	_, _, err := o.desk.IssueToken(t.Context(), admin, report.TokenIssued{Role: report.RoleAgency, Agency: "so-yte"})
	if !errors.Is(err, fault.AgencyUnknown) || o.desk.HasTokens() {
		t.Errorf("got %v, has tokens %v", err, o.desk.HasTokens())
	}
}

// TestTokenBeforeTheRegister: who sets a server up may hand out tokens first.
func TestTokenBeforeTheRegister(t *testing.T) {
	o := emptyOffice(t)
	secret, id, err := o.desk.IssueToken(t.Context(), admin, report.TokenIssued{Role: report.RoleAgency, Agency: "syt"})
	if err != nil {
		t.Fatal(err)
	}
	want := report.Actor{Role: report.RoleAgency, Agency: "syt", ID: id}
	if got, err := o.desk.Authenticate(secret); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestRevoke(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	secret, id, err := o.desk.IssueToken(ctx, admin, report.TokenIssued{Role: report.RoleAnalyst})
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := o.desk.IssueToken(ctx, admin, report.TokenIssued{Role: report.RoleAnalyst})
	if err != nil || other == secret {
		t.Fatalf("second secret %q, %v", other, err)
	}
	for range 2 { // ending what has ended changes nothing
		if err := o.desk.RevokeToken(ctx, admin, id, "lộ khoá"); err != nil {
			t.Fatal(err)
		}
	}
	if n := o.events(report.KindRevoked); n != 1 {
		t.Errorf("%d events, want 1", n)
	}
	if _, err := o.desk.Authenticate(secret); !errors.Is(err, fault.Unauthorised) {
		t.Errorf("revoked: %v", err)
	}
	if _, err := o.desk.Authenticate(other); err != nil {
		t.Errorf("another token: %v", err)
	}
	if err := o.desk.RevokeToken(ctx, admin, "0123", ""); !errors.Is(err, fault.NotFound) {
		t.Errorf("unknown: %v", err)
	}
}
