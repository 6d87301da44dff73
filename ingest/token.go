package ingest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

// TokenPrefix begins every secret, so that one that leaks is recognised.
const TokenPrefix = "thop_"

// tokensKey is the aggregate of all tokens: they are few.
var tokensKey = report.Key{Scope: report.ScopeSystem, Name: "tokens"}

// IssueToken makes a token and gives its secret back, once: only its hash is
// kept. A token of role agency acts for that agency only. Once there are registers
// it must be in one of them ([fault.AgencyUnknown]): under a misspelt code nothing
// could be done. Tokens may be issued before the first register.
func (d *Desk) IssueToken(ctx context.Context, actor report.Actor, t report.TokenIssued) (secret string, id string, err error) {
	if err := allow(actor, report.ActTokens, ""); err != nil {
		return "", "", err
	}
	secret = TokenPrefix + rand.Text()
	t.Hash = hashSecret(secret)
	t.ID = t.Hash[:12]
	_, err = d.decide(ctx, tokensKey, actor, func(l *report.Ledger, _ time.Time) ([]report.Body, error) {
		if t.Role == report.RoleAgency && len(l.Registers) > 0 && !l.HasAgency(t.Agency) {
			return nil, fault.New(fault.AgencyUnknown, fault.A("agency", t.Agency))
		}
		issued := t
		return []report.Body{&issued}, nil
	})
	if err != nil {
		return "", "", err
	}
	return secret, t.ID, nil
}

// RevokeToken ends a token. Revoking an ended one changes nothing.
func (d *Desk) RevokeToken(ctx context.Context, actor report.Actor, id, reason string) error {
	if err := allow(actor, report.ActTokens, ""); err != nil {
		return err
	}
	_, err := d.decide(ctx, tokensKey, actor, func(l *report.Ledger, _ time.Time) ([]report.Body, error) {
		t := l.Tokens[id]
		if t == nil {
			return nil, fault.New(fault.NotFound, fault.A("what", id))
		}
		if !t.RevokedAt.IsZero() {
			return nil, nil
		}
		return []report.Body{&report.TokenRevoked{ID: id, Reason: reason}}, nil
	})
	return err
}

// Authenticate finds who holds a secret: [fault.Unauthorised] for a secret that
// is unknown, revoked or expired.
func (d *Desk) Authenticate(secret string) (actor report.Actor, err error) {
	now, hash := d.Now(), hashSecret(secret)
	err = fault.New(fault.Unauthorised)
	d.Books.Read(func(l *report.Ledger) {
		t := l.Tokens[hash[:12]]
		if t == nil || t.IssuedAt.IsZero() || !t.RevokedAt.IsZero() || !t.Expires.IsZero() && !now.Before(t.Expires) {
			return
		}
		if subtle.ConstantTimeCompare([]byte(t.Hash), []byte(hash)) == 1 {
			actor, err = report.Actor{Role: t.Role, Agency: t.Agency, ID: t.ID, Name: t.Name}, nil
		}
	})
	return actor, err
}

// HasTokens reports whether any token was ever issued: without one, only the
// machine itself is answered.
func (d *Desk) HasTokens() (has bool) {
	d.Books.Read(func(l *report.Ledger) { has = len(l.Tokens) > 0 })
	return has
}

func hashSecret(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
