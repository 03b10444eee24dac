import Documents
import Installation

/// Refuses an example that nobody has made a box's own: two boxes with one id push each other off the broker.
enum ExampleCheck {
    /// A check refuses it, a start does not. A real box may have the example's id too. The example differs from it by
    /// its destinations: their names end in `.example`, which RFC 2606 keeps free for examples.
    static func check(_ id: String?, _ node: DocumentNode?, _ destinations: [Destination]) {
        guard let node, id == CityDefaults.built.exampleID, !destinations.isEmpty,
            destinations.allSatisfy({ $0.broker.addresses.allSatisfy { $0.host.hasSuffix(".example") } })
        else { return }
        node.failCheck("is the example's id; write this box's own, and its own destinations, or run: gateway init")
    }
}
