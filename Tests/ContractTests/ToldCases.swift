import Domain

/// Events whose words only the housekeeping knows: they are caught from a gateway that runs in this process.
struct ToldCases {
    /// The golden files, in the order of `notices`.
    static let names =
        [
            "identity-cloned", "broker-refuses", "broker-refuses-for-a-day", "broker-drops-the-connection",
            "quarantine", "quarantine-without-a-code",
        ].map { "gateway-event/" + $0 } + [clock]
    static let clock = "gateway-event/clock-synchronised"
}
