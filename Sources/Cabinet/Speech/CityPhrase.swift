/// What `gateway-city` says.
package enum CityPhrase: Phrase {
    case allWell

    package var wording: Wording {
        switch self {
        case .allWell: Wording("%1 is right: the city %2", "%1 benar: kota %2")
        }
    }
}
