(function () {
  var theme = null;
  try {
    theme = localStorage.getItem('conversations.theme');
  } catch (_storageIsOff) {
    theme = null;
  }
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
})();
