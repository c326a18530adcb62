"""The local page on which a person checks and corrects what was found in each document.

decisions   what a person can decide, one type each
state       a document as decided so far: decisions are applied, never edited
begin       where the work on a document begins: results, or labels that are there already
gold        the state of a finished document → a line of labels
journal     every decision on the disk before it is answered; one process at a time
labels_file the labels: read, kept, written whole
beside      where `stance train` finds the text of a line of labels
documents   the results, in the order in which they are best read
work        one annotator's work on all documents
agreement   how far two annotators agree
http        the page and its requests, closed to other pages
server      the process
"""

from stance.desk.review.server import serve

__all__ = ["serve"]
