/// What tests cannot do without (a thread, a descriptor): a machine that has none left ends them, and says why.
public func needed<Made>(_ make: @autoclosure () throws -> Made) -> Made {
    do { return try make() } catch { fatalError("\(error)") }
}
