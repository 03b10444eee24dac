import Contract
import Domain
import Store

/// The columns of a device's readings: its points, and what belongs to them.
///
/// A counter has two columns more, `volume:increase` and `volume:since` (milliseconds since 1970). A truth's name ends
/// with `:bool`, and its value is 1 or 0. So almost every reading is an array of numbers.
enum FormColumns {
    static let increase = ":increase"
    static let since = ":since"
    static let truth = ":bool"

    /// Makes the form that the reading fills.
    static func form(of reading: StoredReading) -> NameBook.Form {
        var points: [String] = []
        var units: [String] = []
        for point in reading.points {
            points.append(name(of: point))
            units.append(point.unit ?? "")
            if point.increase != nil {
                points += [point.name + increase, point.name + since]
                units += [point.unit ?? "", "ms"]
            }
        }
        return NameBook.Form(points: points, units: units)
    }

    /// Whether the reading fills the form: a counter without an increase leaves its two columns null.
    static func fits(_ form: NameBook.Form, _ reading: StoredReading) -> Bool {
        var place = 0
        for point in reading.points {
            guard place < form.points.count, form.units[place] == point.unit ?? "" else { return false }
            let column = form.points[place]
            guard column == point.name || column == name(of: point) else { return false }
            // A value that is not known has no type.
            if column == point.name, case .bool? = point.value { return false }
            place += 1
            let isCounter = isIncrease(form, place, of: point.name)
            if point.increase != nil, !isCounter { return false }
            if isCounter { place += 2 }
        }
        return place == form.points.count
    }

    /// Whether the column at that place is the increase of that point.
    static func isIncrease(_ form: NameBook.Form, _ place: Int, of point: String) -> Bool {
        guard place < form.points.count else { return false }
        let column = form.points[place].utf8
        return column.count == point.utf8.count + increase.utf8.count && form.points[place].hasPrefix(point)
            && form.points[place].hasSuffix(increase)
    }

    private static func name(of point: StoredReading.Point) -> String {
        if case .bool? = point.value { point.name + truth } else { point.name }
    }
}
