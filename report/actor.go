package report

// Actor is who did it. Every event carries one.
type Actor struct {
	Role   Role   `json:"role"`
	Agency string `json:"agency,omitempty"` // role agency: whose
	ID     string `json:"id"`               // token's id, or "local" for a person at the machine itself
	Name   string `json:"name,omitempty"`
}

// Role is what an actor is allowed to do.
type Role string

// The roles.
const (
	RoleAgency      Role = "agency"      // a clerk of one agency
	RoleCoordinator Role = "coordinator" // the department that asks
	RoleAnalyst     Role = "analyst"     // reads
	RoleAdmin       Role = "admin"       // installs, issues tokens, and whatever a coordinator may
	RoleSystem      Role = "system"      // a worker of the program itself
)

// Action is something an actor may want to do.
type Action string

// The actions.
const (
	ActUpload   Action = "upload" // upload, submit, withdraw
	ActSubmit   Action = "submit"
	ActWithdraw Action = "withdraw"
	ActReview   Action = "review" // approve, return, adjust
	ActClose    Action = "close"  // close and reopen a request
	ActApply    Action = "apply"  // definitions, registers, requests
	ActRead     Action = "read"   // figures, states
	ActTokens   Action = "tokens" // issue and revoke
)

// May reports whether the actor may do the action on the return of an agency
// ("" where no agency is concerned). A coordinator may upload for an agency;
// the event says who it was. An agency sees and does only what is its own.
func May(a Actor, do Action, agency string) bool {
	switch a.Role {
	case RoleAdmin, RoleSystem:
		return true
	case RoleCoordinator:
		return do != ActTokens
	case RoleAnalyst:
		return do == ActRead
	case RoleAgency:
		switch do {
		case ActUpload, ActSubmit, ActWithdraw, ActRead:
			return a.Agency != "" && a.Agency == agency
		}
	}
	return false
}
