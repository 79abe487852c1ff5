"""What a kernel's warm parent imports, and the kernel that is forked from it.

A forked kernel must be like one that an ordinary start gives. What a process gets at its start
(environment, working folder, arguments, random numbers, exit handlers) is therefore set anew in it.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import time
from importlib import import_module
from pathlib import Path

import matplotlib as mpl
import numpy as np

# matplotlib_inline.backend_inline is not among them: it ties itself to the shell that is there when
# it is imported, and a parent has none.
KERNEL_LIBRARIES = (
    *("pandas", "matplotlib.figure", "matplotlib.backends.backend_agg", "seaborn"),
    *("matplotlib.backends.backend_svg", "babel.numbers", "IPython.core.completer"),
    *("comm", "ipykernel.kernelapp"),
)


def prepare(modules: list[str]) -> str:
    """Import what kernels need, in their parent.

    Parameters
    ----------
    modules : list of str

    Returns
    -------
    str
        The settings file that matplotlib has read.
    """
    # With -m, Python looks for modules in the current folder first; a kernel's start does not.
    here = str(Path.cwd())
    sys.path[:] = [entry for entry in sys.path if entry not in ("", here)]
    for name in modules:
        import_module(name)
    gc.collect()
    gc.freeze()  # a collection in a child would touch, and so copy, all memory of the parent
    return mpl.matplotlib_fname()


def run(argv: list[str], environment: dict[str, str], folder: str, settings: str) -> int:
    """Be a kernel until it is told to shut down; called in a child that was just forked.

    Parameters
    ----------
    argv : list of str
        Arguments of ``ipykernel_launcher``.
    environment : dict
        All variables.
    folder : str
        The working folder.
    settings : str
        What `prepare` returned.

    Returns
    -------
    int
        Exit status.
    """
    from ipykernel.kernelapp import IPKernelApp

    atexit.unregister(shutil.rmtree)  # temporary folders of the parent are not for us to remove
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.argv = ["ipykernel_launcher", *argv]
    np.random.seed()  # noqa: NPY002  (a fork copies the state, and all kernels would draw alike)
    if mpl.matplotlib_fname() != settings:  # there is a matplotlibrc in the folder
        mpl.rcParams.update(mpl.rc_params())
    # Not the owner, whom JPY_PARENT_PID names: the end of the parent is what is to be noticed.
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(argv)  # type: ignore[no-untyped-call]
    app.start()  # type: ignore[no-untyped-call]
    atexit._run_exitfuncs()
    return 0
