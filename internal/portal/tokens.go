package portal

import (
	"cmp"
	"slices"
	"time"

	"tonghop/internal/portal/api"
	"tonghop/report"
)

// tokens lists all tokens, without their secrets: those are not here.
func (c *call) tokens() (any, error) {
	if err := c.may(report.ActTokens, ""); err != nil {
		return nil, err
	}
	out := &api.Tokens{Tokens: []api.Token{}}
	var issued []*report.Token
	c.Books.Read(func(l *report.Ledger) {
		for _, t := range l.Tokens {
			if !t.IssuedAt.IsZero() {
				issued = append(issued, t)
			}
		}
		slices.SortFunc(issued, func(a, b *report.Token) int {
			return cmp.Or(a.IssuedAt.Compare(b.IssuedAt), cmp.Compare(a.ID, b.ID))
		})
		for _, t := range issued {
			out.Tokens = append(out.Tokens, api.Token{
				ID: t.ID, Role: t.Role, Agency: t.Agency, Name: t.Name, Expires: expiryOf(t.Expires), Revoked: !t.RevokedAt.IsZero(),
			})
		}
	})
	return out, nil
}

// issueToken issues a token; its secret is in the reply and nowhere else.
func (c *call) issueToken() (any, error) {
	if err := c.may(report.ActTokens, ""); err != nil {
		return nil, err
	}
	var in api.Token
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	if err := checkToken(in); err != nil {
		return nil, err
	}
	t := report.TokenIssued{Role: in.Role, Agency: in.Agency, Name: clip(in.Name)}
	if in.Expires != nil {
		t.Expires = in.Expires.UTC()
	}
	secret, id, err := c.Desk.IssueToken(c.ctx(), c.actor, t)
	if err != nil {
		return nil, err
	}
	return &api.Token{ID: id, Role: t.Role, Agency: t.Agency, Name: t.Name, Expires: expiryOf(t.Expires), Secret: secret}, nil
}

// checkToken: a token is of a role that people have, and of an agency exactly
// where its role is that of one.
func checkToken(t api.Token) error {
	switch t.Role {
	case report.RoleCoordinator, report.RoleAnalyst, report.RoleAdmin:
		if t.Agency != "" {
			return wrong("agency", t.Agency, "để trống với vai trò này", "nothing for this role")
		}
	case report.RoleAgency:
		if !report.IsCode(t.Agency) {
			return wrong("agency", t.Agency, "mã đơn vị", "the code of an agency")
		}
	default:
		return wrong("role", string(t.Role), "agency, coordinator, analyst hoặc admin", "agency, coordinator, analyst or admin")
	}
	return nil
}

func (c *call) revokeToken() (any, error) {
	id := c.path("token")
	if err := c.Desk.RevokeToken(c.ctx(), c.actor, id, ""); err != nil {
		return nil, err
	}
	out := &api.Token{ID: id, Revoked: true}
	c.Books.Read(func(l *report.Ledger) {
		t := l.Tokens[id]
		out.Role, out.Agency, out.Name, out.Expires = t.Role, t.Agency, t.Name, expiryOf(t.Expires)
	})
	return out, nil
}

// expiryOf gives the end of a token, nil for one without.
func expiryOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// deadLetters lists the uploads that were given up.
func (c *call) deadLetters() (any, error) {
	if err := c.may(report.ActReview, ""); err != nil {
		return nil, err
	}
	buried, err := c.Inbox.Buried(c.ctx())
	if err != nil {
		return nil, err
	}
	out := &api.DeadLetters{DeadLetters: []api.DeadLetter{}}
	for _, b := range buried {
		line := api.DeadLetter{Seq: b.Seq, Request: b.Key.Name, Agency: b.Key.Agency, Tries: b.Tries, Reason: b.Reason, At: b.At}
		if r, ok := b.Body.(*report.Received); ok {
			line.Upload = r.Upload
		}
		out.DeadLetters = append(out.DeadLetters, line)
	}
	return out, nil
}
