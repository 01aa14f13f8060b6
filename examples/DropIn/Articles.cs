namespace DropIn;

/// <summary>What the help desk of a shop might know.</summary>
internal static class Articles
{
    public static IReadOnlyList<Article> All { get; } =
    [
        new("lost", "delivery", new DateOnly(2024, 2, 1), "Your parcel has not arrived",
            "If the package is lost, tell us within two weeks and you get your money back."),
        new("address", "delivery", new DateOnly(2024, 9, 5), "Sending it somewhere else",
            "Until the order leaves the warehouse, you can choose another address."),
        new("late", "delivery", new DateOnly(2024, 6, 3), "When deliveries are late",
            "Snow and holidays slow the courier down; the tracking page shows where your parcel is."),
        new("password", "account", new DateOnly(2024, 3, 9), "Locked out",
            "Changing the password of your account takes a minute, even if you forgot the old one."),
        new("close", "account", new DateOnly(2024, 8, 20), "Leaving us",
            "How to cancel a subscription before the next payment, and how to have your data erased."),
        new("dark", "devices", new DateOnly(2024, 5, 2), "The screen stays dark",
            "When the laptop starts and you see nothing, hold the power button for ten seconds."),
        new("battery", "devices", new DateOnly(2024, 7, 14), "It only runs on the cable",
            "A battery that is used every day lasts about three years; then it can be exchanged."),
        new("invoice", "account", new DateOnly(2024, 4, 30), "Where your invoices are",
            "Invoices are sent by e-mail at the beginning of each month."),
    ];
}
