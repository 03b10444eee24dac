import Documents
import Installation

/// Refuses an example that nobody has made a box's own: two boxes with one id push each other off the broker.
enum ExampleCheck {
    /// The id in the example that comes with the gateway. A real box has it too.
    private static let exampleID = "kdr-soyo-01"

    /// A check refuses it, a start does not. The example differs from that box by its destinations: their names end in
    /// `.example`, which RFC 2606 keeps free for examples.
    static func check(_ id: String?, _ node: DocumentNode?, _ destinations: [Destination]) {
        guard let node, id == exampleID, !destinations.isEmpty,
            destinations.allSatisfy({ $0.broker.addresses.allSatisfy { $0.host.hasSuffix(".example") } })
        else { return }
        node.failCheck("is the example's id; write this box's own, and its own destinations, or run: gateway init")
    }
}
