/// Why a question could not even be asked: nothing is known of the device.
package enum ProbeFailure: Error, Hashable, Sendable {
    /// The daemon that holds the bus went away, or its socket failed; the kernel's words.
    case lost(String)
    /// This machine has no thread left to ask with; carries the kernel's words.
    case noThread(String)
    /// The daemon does not lend the bus for this; carries the daemon's words.
    case refused(String)
    /// The same for a reason that has words in every language, by its name, with what differs from case to case.
    case refusedFor(String, about: [String])
    /// The daemon serves no more connections.
    case crowded
    /// A daemon of another version, which lends nothing.
    case otherVersion
    /// A daemon of another version answered in words that this program does not know.
    case unclear
    /// The daemon does not lend the bus now; it may be asked again.
    case busy(LineHolder)
}

/// The holder of a line of the running gateway that a probe needs.
package enum LineHolder: Hashable, Sendable {
    /// Another probe, since a time of the local clock; another user's has no name.
    case probe(bus: String, user: String?, process: String, since: String)
    /// The gateway's own polls, until a time of the local clock: a probe had the line before.
    case polls(bus: String, until: String)
}
