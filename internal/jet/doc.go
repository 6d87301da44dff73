// Package jet stands behind the ports of package report with NATS JetStream. It
// is the only package that knows NATS.
//
// [Open] gives a [Store]. With a folder it runs a server inside the process: no
// port, no signal handlers, every write on the disk before it is acknowledged
// (law 1). With addresses it is a client of a cluster. Nothing else differs, and
// whoever holds the ports cannot tell.
//
// # What is where
//
// names.go names every stream, subject, consumer and header. A write, of one
// message or of many that belong together, goes through a writer (writer.go): it
// carries the sequence it expects its key to end at, is repeated through changes
// of leader until its outcome is known, and is never stored twice. Writes that
// come together share one fsync (group.go). Reading the journal (follow.go)
// refuses to go past a hole.
//
// DESIGN.md beside this file says why it is built so, and what was measured.
package jet
