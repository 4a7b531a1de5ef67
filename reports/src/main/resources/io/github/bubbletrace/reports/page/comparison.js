/* Starts what a comparison needs a script for. */
addTableButtons();
addCopyButton();
