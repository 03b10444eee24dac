import ArgumentParser

/// A number that somebody types: point and comma are both the decimal sign, and there is no sign for thousands.
struct TypedNumber: ExpressibleByArgument {
    let value: Double

    init?(argument: String) {
        guard argument.count(where: { ".,".contains($0) }) <= 1,
            let value = Double(argument.replacing(",", with: "."))
        else { return nil }
        self.value = value
    }
}
