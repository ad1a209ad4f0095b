import './design/tokens.css';
import './design/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { loadLanguage } from './i18n';

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no #app');
const app = createRoot(root);
void loadLanguage().then(() =>
  app.render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
