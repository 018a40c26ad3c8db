"""Settings of machines that must not show on any sheet: languages, clocks, encodings."""

MACHINES: tuple[dict[str, str], ...] = (
    {"LC_ALL": "C.UTF-8", "TZ": "UTC"},
    # A time zone without a name: ICU reads it in another way than Python.
    {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "TZ": "EST5EDT,M3.2.0,M11.1.0"},
    # Here a day was left out: the one after 2011-12-29 was the 31st.
    {"LC_ALL": "th_TH.UTF-8", "TZ": "Pacific/Apia", "PYTHONIOENCODING": "latin-1"},
    {
        "LC_ALL": "",
        "LC_MESSAGES": "ar_EG.UTF-8",
        "LANG": "tr_TR",
        "TZ": "<+1245>-12:45",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "RL_ttfAsciiReadable": "0",
        "RL_invariant": "1",
    },
)
"""ICU needs nothing installed for them: it takes a language by its name in the environment."""
