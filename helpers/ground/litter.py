"""What systems, file managers and editors leave beside the files of a person; one list for all.

Also for a script that must start at once, so this module imports nothing.
"""

# Compared without regard to case.
NAMES = frozenset(
    [
        # macOS
        *("__macosx", ".ds_store", ".apdisk", "icon\r", ".localized", ".volumeicon.icns"),
        *(".fseventsd", ".spotlight-v100", ".trashes", ".temporaryitems"),
        *(".documentrevisions-v100", ".appledouble", ".appledb", ".appledesktop"),
        *("network trash folder", "temporary items"),
        # Windows
        *("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini"),
        *("$recycle.bin", "recycler", "system volume information", "found.000"),
        # Linux and what stores files for others
        *("lost+found", ".directory", ".thumbnails", ".xvpics", ".hidden"),
        *("@eadir", "#recycle", "#snapshot", "@tmp", ".@__thumb", "@recycle"),
        *(".dropbox", ".dropbox.cache", ".dropbox.attr", ".stfolder", ".stversions", ".owncloud"),
        *(".picasa.ini", "picasa.ini", ".picasaoriginals", ".bridgesort", ".bridgecache"),
        # Notebooks, Python, version control
        *(".ipynb_checkpoints", "__pycache__", ".git", ".svn", ".hg", ".gitkeep"),
    ]
)
# Of a file's other half on macOS, of Office's and LibreOffice's locks, of what is deleted in use.
BEGINNINGS = ("._", "~$", ".~lock.", ".trash-", ".nfs", ".fuse_hidden", ".syncthing.")


def is_litter(name: str) -> bool:
    """Tell whether a file or folder of this name is nobody's work.

    Examples
    --------
    >>> [is_litter(name) for name in ("Thumbs.db", "._人.png", "@eaDir", "人.png")]
    [True, True, True, False]
    """
    name = name.lower()
    return name in NAMES or name.startswith(BEGINNINGS)
