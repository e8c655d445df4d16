"""Local pages: HTTP on this computer alone, without logic of their own.

`gate` lets in only the browser that was given the address, `page` renders, `handlers` turn requests into
calls of `qualcode.project.desk`, `server` listens and stops when nobody works any more.
"""
