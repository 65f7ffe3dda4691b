// An import goes on by itself: each page that comes back asks for the next rows. Without this file a button does it.
document.getElementById("import-step").requestSubmit();
