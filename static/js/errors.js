// What has to be mended is read first: the summary of errors takes the focus when the page opens.
document.querySelector(".error-summary")?.focus();
