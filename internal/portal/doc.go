// Package portal is the only package that knows HTTP: the JSON API under
// /api/v1 and the pages for people, over the same desk, ledger and figures.
//
// # One table
//
// Every address of the API is a row of one table ([routes]): its method, path,
// parameters, body, reply and the function that answers. The mux, the OpenAPI
// document and the tests are made from it, so that nothing is served that is not
// documented. A handler gets a call and gives back a value or an error; what
// becomes of errors is decided in one place (problem.go): a fault of the paper
// keeps its code and words, a failure of the machine becomes an incident number
// and a line in the log.
//
// # Who asks
//
// A request is made by an actor: the holder of a token (Bearer, or Basic with
// the token's id as user, for Excel), of a session that was opened with a token,
// or, as long as no token was ever issued, the person at this very machine. What
// an actor may do is report.May and nothing else; an agency sees and does only
// what is its own.
//
// # Pages
//
// The pages are rendered on the server from embedded templates in Vietnamese or
// English, and work without JavaScript; a small module of our own adds what is
// live. Nothing is loaded from anywhere else, and the content security policy
// forbids inline scripts and styles.
//
// docs/formats/api.md is the short guide for those who write clients, and
// docs/adr/0012-http-api-and-pages.md says why it is built so.
package portal
